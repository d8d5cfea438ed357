import type { HttpAnswer, HttpTask } from '../projections/http-drive.ts';
import { perform } from '../projections/perform.ts';
import { startService, type RunningService } from '../projections/service.ts';
import { plainTables, type PlainTable } from './plain-tables.ts';
import { categoryId, categoriesCount, modelName, productId, seriesCount, seriesName } from './products.ts';

export const connections = 4;
/** For a single product, as in the other benchmarks of queries. */
const manyConnections = 64;

export interface Pace {
  readonly products: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly plainMeasureMs: number;
}

export const fullPace: Pace = { products: 1_000_000, warmUpMs: 1000, measureMs: 5000, plainMeasureMs: 8000 };
export const quickPace: Pace = { products: 100_000, warmUpMs: 500, measureMs: 2000, plainMeasureMs: 3000 };

export interface Measured {
  readonly title: string;
  /** How many products match, as the first answer says. */
  readonly matches: number | null;
  readonly isExact: boolean;
  readonly holdfast: HttpAnswer;
  /** Where the same can be asked of them. */
  readonly plain: Partial<Record<PlainTable, HttpAnswer>>;
}

export interface OneProduct {
  readonly product: HttpAnswer;
  readonly bare: HttpAnswer;
}

interface Question {
  readonly title: string;
  readonly paths: readonly string[];
  readonly isSearch?: true;
}

const variants = 200;
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const path = (query: Record<string, string>): string => `/products?${new URLSearchParams(query).toString()}`;

function questions(lastPage: string): readonly Question[] {
  const searches = (title: string, texts: readonly string[]): Question => ({
    title,
    paths: texts.map((search) => path({ search })),
    isSearch: true,
  });
  const inCategory = (query: Record<string, string>): string[] =>
    times(categoriesCount, (index) => path({ categoryId: categoryId(index), ...query }));
  return [
    { title: 'first page, newest', paths: [path({})] },
    { title: 'a category by price', paths: inCategory({ sort: 'price-asc' }) },
    { title: 'a category within two prices', paths: inCategory({ minPrice: '1000', maxPrice: '1200' }) },
    searches(
      'two characters, rare',
      times(variants, (index) => seriesName((index * 7) % seriesCount)),
    ),
    searches('two characters, frequent', ['耳機', '藍牙', '降噪', '防水']),
    searches(
      'beginning of a Latin word',
      times(variants, (index) => modelName(index * 3).slice(0, 5)),
    ),
    searches(
      'a Latin word with a typo',
      times(variants, (index) => `${modelName(index * 3).slice(0, 6)}q`),
    ),
    { title: 'popular in a category', paths: inCategory({ sort: 'popular' }) },
    { title: 'page 1,000, by cursor', paths: [lastPage] },
  ];
}

/** Of each search in turns what Holdfast and the plain tables do. */
export async function measureQueries(
  url: string,
  directory: string,
  env: NodeJS.ProcessEnv,
  pace: Pace,
  say: (line: string) => void,
): Promise<readonly Measured[]> {
  const plain: [PlainTable, RunningService][] = [];
  for (const [name, table] of Object.entries(plainTables) as [PlainTable, string][]) {
    const settings = { ...env, BENCH_TABLE: table };
    plain.push([name, await startService(`plain-${name}`, 'bench/plain-search-service.ts', directory, settings)]);
  }
  const measured: Measured[] = [];
  try {
    for (const { title, paths, isSearch } of questions(await pathOfPage(url, 1000))) {
      const first = (await (await fetch(`${url}${paths[0]}`)).json()) as {
        total: number | null;
        totalIsExact: boolean;
      };
      const holdfast = await load({ url, paths }, pace.measureMs, pace);
      const others: Partial<Record<PlainTable, HttpAnswer>> = {};
      for (const [name, service] of isSearch === true ? plain : []) {
        others[name] = await load({ url: service.url, paths }, pace.plainMeasureMs, pace);
      }
      const rates = Object.entries(others).map(([name, answer]) => `, ${name} ${answer.perSecond.toFixed(2)}`);
      say(
        `  ${title}: ${first.total ?? '–'} products, ${holdfast.perSecond.toFixed(0)}/s, ` +
          `p50 ${holdfast.p50Ms.toFixed(1)} ms, p99 ${holdfast.p99Ms.toFixed(1)} ms${rates.join('')}`,
      );
      measured.push({ title, matches: first.total, isExact: first.totalIsExact, holdfast, plain: others });
    }
  } finally {
    await Promise.all(plain.map(([, service]) => service.stop()));
  }
  return measured;
}

/** In turns with a handler of the same server that has the answer ready. */
export async function measureOneProduct(
  url: string,
  directory: string,
  env: NodeJS.ProcessEnv,
  pace: Pace,
): Promise<OneProduct> {
  const paths = times(10_000, (index) => `/products/${productId(1 + ((index * 7919) % pace.products))}`);
  const body = await (await fetch(`${url}${paths[0]}`)).text();
  const bare = await startService('bare', 'bench/bare-service.ts', directory, { ...env, BENCH_BODY: body });
  const product = await load({ url, paths }, pace.measureMs, pace, manyConnections);
  const baseline = await load({ url: bare.url, paths: ['/bare'] }, pace.measureMs, pace, manyConnections);
  await bare.stop();
  return { product, bare: baseline };
}

async function pathOfPage(url: string, page: number): Promise<string> {
  let next = path({});
  for (let at = 1; at < page; at++) {
    const { nextCursor } = (await (await fetch(`${url}${next}`)).json()) as { nextCursor: string };
    next = path({ cursor: nextCursor });
  }
  return next;
}

async function load(
  question: Pick<HttpTask, 'url' | 'paths'>,
  measureMs: number,
  { warmUpMs }: Pace,
  clients = connections,
): Promise<HttpAnswer> {
  const answer = await perform<HttpAnswer>('http-load.ts', { ...question, connections: clients, warmUpMs, measureMs });
  if (answer.errors > 0) throw new Error(`${answer.errors} answers of ${question.paths[0]} were not 200`);
  return answer;
}
