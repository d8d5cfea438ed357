import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from './connection.ts';

export interface LoadTask {
  readonly url: string;
  /** The processes whose CPU time is counted. */
  readonly services: readonly string[];
  readonly token: string;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Paths for POST requests, chosen at random; a hold is confirmed immediately. */
  readonly paths: readonly string[];
  readonly confirms: boolean;
}

export interface LoadAnswer {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuSeconds: number;
  /** Answers other than 200 and 201, by status. */
  readonly others: Readonly<Record<string, number>>;
}

/** One client per connection, each with one request at a time and a new Idempotency-Key per request. */
export async function load(task: LoadTask): Promise<LoadAnswer> {
  const { connections, warmUpMs, measureMs } = task;
  const state = { measuring: false, over: false };
  const latencies: number[] = [];
  const others: Record<string, number> = {};
  const client = async (): Promise<void> => {
    const connection = await Connection.to(task.url);
    const send = async (method: string, path: string): Promise<string> => {
      const began = performance.now();
      const { status, body } = await connection.ask(request(method, path, task.token));
      if (state.measuring) latencies.push(performance.now() - began);
      if (state.measuring && status !== 200 && status !== 201) others[status] = (others[status] ?? 0) + 1;
      return status === 201 ? body : '';
    };
    while (!state.over) {
      const made = await send('POST', task.paths[Math.floor(Math.random() * task.paths.length)] ?? '/');
      if (task.confirms && made !== '') await send('POST', `/holds/${(JSON.parse(made) as { id: string }).id}/confirm`);
    }
    connection.close();
  };
  const clients = Promise.all(Array.from({ length: connections }, client));
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
  return { requests, seconds, p50Ms: quantile(0.5), p99Ms: quantile(0.99), cpuSeconds: cpu, others };
}

function request(method: string, path: string, token: string): string {
  const headers = [
    `${method} ${path} HTTP/1.1`,
    'host: bench',
    `authorization: Bearer ${token}`,
    `idempotency-key: ${randomUUID()}`,
    'content-type: application/json',
    'content-length: 2',
  ];
  return `${headers.join('\r\n')}\r\n\r\n{}`;
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
