// What a row for each event costs PostgreSQL, against a row for each append: inserts alone, inside the server, so that
// neither commits nor clients are in the numbers. ADR 10 says what followed from them.
import { createPool, type Pool } from '#platform';
import { BenchServers } from './harness/servers.ts';

interface Layout {
  readonly tables: string;
  /** Inserts one append of so many events behind position `p`. */
  readonly insert: (events: number) => string;
}

const body = JSON.stringify({
  purchaseId: '6b0c1d3e-0000-8000-8000-123456789012',
  customerId: 'user_a1b2c3d4e5f6a7b8',
  quantity: 1,
  balance: { total: 1_000_000, taken: 5, held: 0, reserved: 0, lent: 0, available: 999_995 },
});
const metadata = JSON.stringify({ commandId: '6b0c1d3e-0000-8000-8000-123456789012', at: 1_795_231_592_885 });
const eventColumns =
  'position bigint primary key, stream text collate "C", revision bigint, id uuid, type text, data text, metadata text';
const appendColumns =
  'position bigint primary key, stream text collate "C", revision bigint, types text[], events text storage external';

function rowPerEvent(events: number): string {
  return `insert into events select p + n, 's', p + n, gen_random_uuid(), 'UnitsPurchased', '${body}', '${metadata}'
    from generate_series(1, ${events}) n`;
}

function rowPerAppend(events: number): string {
  return `insert into appends values (p, 's', p, array_fill('UnitsPurchased'::text, array[${events}]), repeat('${body}${metadata}', ${events}))`;
}

const layouts: Readonly<Record<string, Layout>> = {
  'a row for each event, no index but the position': {
    tables: `create table events (${eventColumns})`,
    insert: rowPerEvent,
  },
  'a row for each event, as it is': {
    tables: `create table events (${eventColumns}, unique (stream, revision), unique (stream, id))`,
    insert: rowPerEvent,
  },
  'a row for each append, repeats not recognised': {
    tables: `create table appends (${appendColumns}, unique (stream, revision))`,
    insert: rowPerAppend,
  },
  'a row for each append, and one for each id': {
    tables: `create table appends (${appendColumns}, unique (stream, revision)); create table ids (id uuid primary key, position bigint)`,
    insert: (events) =>
      `${rowPerAppend(events)}; insert into ids select gen_random_uuid(), p from generate_series(1, ${events})`,
  },
};

const appends = 300;
const repeats = 5;

async function microsecondsPerAppend(pool: Pool, { tables, insert }: Layout, events: number): Promise<number> {
  await pool.query(`drop table if exists events, appends, ids; ${tables}`);
  const load = (from: number): string =>
    `do $$ declare p bigint := ${from}; begin
       for append in 1..${appends} loop ${insert(events)}; p := p + ${events}; end loop;
     end $$`;
  await pool.query(load(0));
  const startedAt = performance.now();
  await pool.query(load(appends * events));
  return ((performance.now() - startedAt) / appends) * 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const servers = await BenchServers.start();
const { postgres } = await servers.withDatabase();
const pool = createPool({ url: postgres, connectionsMax: 1, name: 'layout' });
try {
  console.log('| µs for an append of | 1 event | 64 events |\n|---|---:|---:|');
  for (const [name, layout] of Object.entries(layouts)) {
    const cells: string[] = [];
    for (const events of [1, 64]) {
      const measured: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) measured.push(await microsecondsPerAppend(pool, layout, events));
      cells.push(median(measured).toFixed(0));
    }
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
} finally {
  await pool.end();
  await servers.stop();
}
