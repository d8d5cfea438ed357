import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '../http/connection.ts';

export interface HttpTask {
  readonly url: string;
  /** Requested in turns by the next free client. */
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
  /** Size of one answer, without its head. */
  readonly bodyBytes: number;
}

/** One client per connection, each with one request at a time. */
export async function drive({ url, paths, connections, warmUpMs, measureMs }: HttpTask): Promise<HttpAnswer> {
  const { hostname } = new URL(url);
  const state = { measuring: false, over: false, turn: 0, errors: 0, bodyBytes: 0 };
  const latencies: number[] = [];
  const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  const ask = async (): Promise<void> => {
    const connection = await Connection.to(url);
    while (!state.over) {
      const began = performance.now();
      const { status, body } = await connection.ask(requests[state.turn++ % requests.length] ?? '');
      if (!state.measuring) continue;
      latencies.push(performance.now() - began);
      state.bodyBytes = body.length;
      if (status !== 200) state.errors += 1;
    }
    connection.close();
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
