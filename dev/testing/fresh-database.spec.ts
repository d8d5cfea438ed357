import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { freshDatabase, testUrl } from './fresh-database.ts';

/** A client that sends the first message of the protocol, and does not answer the server's question for the password. */
async function silentInLogin(): Promise<Socket> {
  const { port, hostname } = new URL(testUrl('TEST_DATABASE_URL'));
  const socket = connect(Number(port), hostname);
  const parameters = Buffer.from('user\0holdfast\0database\0holdfast\0\0');
  const start = Buffer.alloc(8);
  start.writeInt32BE(start.length + parameters.length, 0);
  start.writeInt32BE(3 << 16, 4);
  socket.write(Buffer.concat([start, parameters]));
  await once(socket, 'data');
  return socket;
}

describe('a database of a test', () => {
  it('is dropped soon though a client of the same server fell silent while it logged in', async () => {
    const database = await freshDatabase();
    const silent = await silentInLogin();
    const began = performance.now();
    await database.drop();
    expect(performance.now() - began).toBeLessThan(20_000);
    silent.destroy();
  });
});
