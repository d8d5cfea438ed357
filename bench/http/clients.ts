import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection, type Reply } from './connection.ts';

export interface ClientsTask {
  readonly url: string;
  /** The processes whose CPU time is counted. */
  readonly services: readonly string[];
  /** The clients have them in turns. */
  readonly tokens: readonly string[];
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Turns that begin in a second, however long the answers take; undefined for as many as there can be. */
  readonly turnsPerSecond?: number | undefined;
}

export interface LoadAnswer {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuSeconds: number;
  /** Answers other than 200 and 201, by status. */
  readonly others: Readonly<Record<string, number>>;
  /** Including those that were not measured. */
  readonly createdInAll: number;
  readonly requestsInAll: number;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  /** Whether it is counted while the clock runs. */
  readonly isCounted?: boolean;
}

export type Send = (request: Request) => Promise<Reply>;

/** One client per connection, each with one request at a time and a new Idempotency-Key per request. */
export async function runClients(task: ClientsTask, turn: (send: Send) => Promise<void>): Promise<LoadAnswer> {
  const { connections, tokens, warmUpMs, measureMs, turnsPerSecond } = task;
  const state = { measuring: false, over: false, turns: 0, createdInAll: 0, requestsInAll: 0 };
  const latencies: number[] = [];
  const others: Record<string, number> = {};
  const start = performance.now();
  const client = async (token: string): Promise<void> => {
    const connection = await Connection.to(task.url);
    // A request that is due counts from then, also if no client was free.
    let due: number | undefined;
    const send: Send = async ({ method, path, body = {}, isCounted = true }) => {
      const began = due ?? performance.now();
      due = undefined;
      const reply = await connection.ask(textOf(method, path, token, JSON.stringify(body)));
      state.requestsInAll += 1;
      if (reply.status === 201) state.createdInAll += 1;
      if (!state.measuring || !isCounted) return reply;
      latencies.push(performance.now() - began);
      if (reply.status !== 200 && reply.status !== 201) others[reply.status] = (others[reply.status] ?? 0) + 1;
      return reply;
    };
    while (!state.over) {
      if (turnsPerSecond !== undefined) {
        due = start + (state.turns++ / turnsPerSecond) * 1000;
        await pause(Math.max(due - performance.now(), 0));
      }
      await turn(send);
    }
    connection.close();
  };
  const clients = Promise.all(Array.from({ length: connections }, (_, n) => client(tokens[n % tokens.length] ?? '')));
  await Promise.race([clients, pause(warmUpMs)]);
  const cpuBefore = await cpuSeconds(task.services);
  state.measuring = true;
  const began = performance.now();
  await Promise.race([clients, pause(measureMs)]);
  const seconds = (performance.now() - began) / 1000;
  const requests = latencies.length;
  state.measuring = false;
  const cpu = (await cpuSeconds(task.services)) - cpuBefore;
  state.over = true;
  await clients;
  const sorted = Float64Array.from(latencies).toSorted();
  const quantile = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  const { createdInAll, requestsInAll } = state;
  const counted = { requests, seconds, cpuSeconds: cpu, others, createdInAll, requestsInAll };
  return { ...counted, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}

/** One of them, at random. */
export function oneOf<T>(all: readonly T[]): T {
  return all[Math.floor(Math.random() * all.length)] as T;
}

function textOf(method: string, path: string, token: string, body: string): string {
  const headers = [
    `${method} ${path} HTTP/1.1`,
    'host: bench',
    `authorization: Bearer ${token}`,
    `idempotency-key: ${randomUUID()}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}

/** As reported by the services. */
async function cpuSeconds(services: readonly string[]): Promise<number> {
  const each = await Promise.all(
    services.map(async (url) => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^process_cpu_seconds_total\S* (\S+)/m.exec(text)?.[1]);
    }),
  );
  return each.reduce((sum, one) => sum + one, 0);
}
