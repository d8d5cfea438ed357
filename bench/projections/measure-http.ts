import { spread, type Spread } from '../report/summary.ts';
import type { HttpAnswer, HttpTask } from './http-drive.ts';
import { itemsCount, slotsCount } from './history.ts';
import { httpConnections, type ProjectionsPace } from './pace.ts';
import { perform } from './perform.ts';
import { startService } from './service.ts';
import { itemName } from './stock-trade.ts';

export interface HttpMeasured {
  readonly title: string;
  readonly bodyBytes: number;
  readonly perSecond: Spread;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly barePerSecond: Spread;
  /** Throughput relative to the bare handler. */
  readonly share: number;
}

const warmUpMs = 500;
const questions = [
  { title: 'GET /slots/availability, 100 slots', paths: [`/slots/availability?limit=${slotsCount}`] },
  {
    title: 'GET /items/:id, 10,000 items in turns',
    paths: Array.from({ length: itemsCount }, (_, index) => `/items/${itemName((index * 7919) % itemsCount)}`),
  },
];

/** Each query in turns with the bare handler, so that drift of the machine affects both equally. */
export async function measureHttp(
  url: string,
  directory: string,
  env: NodeJS.ProcessEnv,
  pace: ProjectionsPace,
): Promise<readonly HttpMeasured[]> {
  const measured: HttpMeasured[] = [];
  for (const { title, paths } of questions) {
    const answer = await fetch(`${url}${paths[0]}`);
    const body = await answer.text();
    if (answer.status !== 200) throw new Error(`${title} is answered with ${answer.status}: ${body}`);
    const bare = await startService('bare', 'bench/bare-service.ts', directory, { ...env, BENCH_BODY: body });
    const [real, baseline]: [HttpAnswer[], HttpAnswer[]] = [[], []];
    for (let round = 0; round < pace.httpRounds; round++) {
      real.push(await load({ url, paths }, pace));
      baseline.push(await load({ url: bare.url, paths: ['/bare'] }, pace));
    }
    await bare.stop();
    measured.push(summarize(title, real, baseline));
  }
  return measured;
}

async function load(
  question: Pick<HttpTask, 'url' | 'paths'>,
  { httpMeasureMs }: ProjectionsPace,
): Promise<HttpAnswer> {
  const task: HttpTask = { ...question, connections: httpConnections, warmUpMs, measureMs: httpMeasureMs };
  const answer = await perform<HttpAnswer>('http-load.ts', task);
  if (answer.errors > 0) throw new Error(`${answer.errors} answers were not 200`);
  return answer;
}

function summarize(title: string, real: readonly HttpAnswer[], bare: readonly HttpAnswer[]): HttpMeasured {
  const perSecond = spread(real.map((answer) => answer.perSecond));
  const barePerSecond = spread(bare.map((answer) => answer.perSecond));
  return {
    title,
    bodyBytes: real[0]?.bodyBytes ?? 0,
    perSecond,
    p50Ms: spread(real.map(({ p50Ms }) => p50Ms)).median,
    p99Ms: spread(real.map(({ p99Ms }) => p99Ms)).median,
    barePerSecond,
    share: perSecond.median / barePerSecond.median,
  };
}
