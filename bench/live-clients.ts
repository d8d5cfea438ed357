import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { openedAtOnce } from './live/pace.ts';
import { wallClock, type ClientsReply, type LiveClientsTask, type Receipt } from './live/receipt.ts';
import { itemName } from './projections/stock-trade.ts';

// In a process of their own: opens streams, and notes when which event has arrived.
const stock = /"stock":(\d+)/g;
let receipts: Receipt[] = [];
const sockets: Socket[] = [];

/** Resolves with the first event; undefined when no more connections can be opened. */
async function open({ hostname, port }: URL, subject: number): Promise<Socket | undefined> {
  const socket = connect({ host: hostname, port: Number(port) });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.on('error', () => resolve(false)).on('close', () => resolve(false));
  socket.on('data', (chunk: Buffer) => {
    const at = wallClock();
    for (const [, units] of chunk.toString('latin1').matchAll(stock)) {
      receipts.push([subject, Number(units), at]);
      resolve(true);
    }
  });
  socket.write(`GET /items/${itemName(subject)} HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\n\r\n`);
  return (await promise) ? socket : undefined;
}

async function openAll({ url, subjects }: LiveClientsTask): Promise<void> {
  const waiting = [...subjects];
  const address = new URL(url);
  const openSome = async (): Promise<void> => {
    for (let subject = waiting.pop(); subject !== undefined; subject = waiting.pop()) {
      const socket = await open(address, subject);
      if (socket === undefined) return;
      sockets.push(socket);
    }
  };
  await Promise.all(Array.from({ length: openedAtOnce }, openSome));
}

function reply(answer: ClientsReply): void {
  process.send?.(answer);
}

const [task] = (await once(process, 'message')) as [LiveClientsTask];
await openAll(task);
reply({ opened: sockets.length });
process.on('message', () => {
  reply({ receipts });
  receipts = [];
});
process.once('disconnect', () => process.exit());
