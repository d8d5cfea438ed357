import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface HttpTask {
  readonly url: string;
  /** Asked for in turns, by whoever has had its answer. */
  readonly paths: readonly string[];
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface HttpAnswer {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers other than 200. */
  readonly errors: number;
  /** Of one answer, without its head. */
  readonly bodyBytes: number;
}

/** As many clients as connections, each with one question at a time. HTTP by hand: a client must cost less than the server. */
export async function drive({ url, paths, connections, warmUpMs, measureMs }: HttpTask): Promise<HttpAnswer> {
  const { hostname, port } = new URL(url);
  const state = { measuring: false, over: false, turn: 0, errors: 0, bodyBytes: 0 };
  const latencies: number[] = [];
  const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`));
  const ask = async (): Promise<void> => {
    const socket = connect(Number(port), hostname).setNoDelay(true);
    await once(socket, 'connect');
    const answers = answersOf(socket);
    while (!state.over) {
      const began = performance.now();
      socket.write(requests[state.turn++ % requests.length] as Buffer);
      const { value } = await answers.next();
      if (value === undefined) throw new Error('the server hung up');
      if (!state.measuring) continue;
      latencies.push(performance.now() - began);
      state.bodyBytes = value.bodyBytes;
      if (value.status !== 200) state.errors += 1;
    }
    socket.destroy();
  };
  const clients = Promise.all(Array.from({ length: connections }, ask));
  await Promise.race([clients, pause(warmUpMs)]);
  state.measuring = true;
  const began = performance.now();
  await Promise.race([clients, pause(measureMs)]);
  const seconds = (performance.now() - began) / 1000;
  const perSecond = latencies.length / seconds;
  state.over = true;
  await clients;
  const sorted = Float64Array.from(latencies).toSorted();
  const quantile = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond, p50Ms: quantile(0.5), p99Ms: quantile(0.99), errors: state.errors, bodyBytes: state.bodyBytes };
}

interface Told {
  readonly status: number;
  readonly bodyBytes: number;
}

const headEnd = '\r\n\r\n';

/** Answers as they come, each with a Content-Length. */
async function* answersOf(socket: Socket): AsyncGenerator<Told> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      const end = held.indexOf(headEnd);
      if (end < 0) break;
      const head = held.toString('latin1', 0, end);
      const bodyBytes = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
      if (Number.isNaN(bodyBytes)) throw new Error(`an answer of unknown length: ${head}`);
      const whole = end + headEnd.length + bodyBytes;
      if (held.length < whole) break;
      held = held.subarray(whole);
      yield { status: Number(head.slice(9, 12)), bodyBytes };
    }
  }
}
