import type { Steps } from '#domain/aggregate';
import type { Migration, Pool } from '#platform';
import { inSlices } from './in-slices.ts';

/** A cache of a stream's state, so that loading it need not read every event. Losing one costs only time. */
export interface Snapshot {
  readonly revision: number;
  readonly eventId: string;
  readonly lastAt: number;
  readonly state: unknown;
  readonly recent: unknown;
}

export interface Snapshots {
  find(stream: string, version: number): Promise<Snapshot | undefined>;
  save(stream: string, version: number, snapshot: Snapshot): Promise<void>;
}

export const snapshotMigrations: readonly Migration[] = [
  {
    name: 'commands-1-snapshots',
    sql: `
      create table snapshots (
        stream text collate "C" not null,
        version int not null,
        revision bigint not null,
        event_id uuid not null,
        last_at bigint not null,
        body json not null,
        primary key (stream, version)
      );
    `,
  },
];

interface Row {
  readonly revision: number;
  readonly event_id: string;
  readonly last_at: number;
  /** null if it is large. */
  readonly body: { readonly state: unknown; readonly recent: unknown } | null;
}

interface PartRow extends Omit<Row, 'body'> {
  /** null for the commands that are remembered. */
  readonly name: string | null;
  readonly is_list: boolean;
  readonly part: unknown;
}

/** As it is stored, which is compressed. */
const largeBytes = 100_000;

export class PostgresSnapshots implements Snapshots {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(stream: string, version: number): Promise<Snapshot | undefined> {
    const { rows } = await this.#pool.query<Row>({
      name: 'snapshot-find',
      text: `select revision, event_id, last_at, case when pg_column_size(body) < $3 then body end as body
        from snapshots where stream = $1 and version = $2`,
      values: [stream, version, largeBytes],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    if (row.body === null) return this.#findLarge(stream, version);
    return { ...placeOf(row), ...row.body };
  }

  /** PostgreSQL sends lists in parts, each of which the driver parses as it arrives, so that other work goes on. */
  async #findLarge(stream: string, version: number): Promise<Snapshot | undefined> {
    const { rows } = await this.#pool.query<PartRow>({
      name: 'snapshot-find-large',
      text: `with snapshot as materialized (select * from snapshots where stream = $1 and version = $2), value as (
          select null as name, body->'recent' as value from snapshot
          union all select name, value from snapshot, json_each(body->'state') as each (name, value)
        ), list as (
          select name, place, member from value, lateral
            json_array_elements(case when json_typeof(value) = 'array' then value else '[]' end)
            with ordinality as members (member, place)
        ), part as (
          select name, json_typeof(value) = 'array' as is_list, 0 as place,
            case when json_typeof(value) = 'array' then '[]' else value end as part from value
          union all select name, true, 1 + (place - 1) / $3, json_agg(member order by place) from list group by 1, 2, 3
        )
        select revision, event_id, last_at, name, is_list, part from snapshot, part order by name, place`,
      values: [stream, version, membersAtOnce],
    });
    const [first] = rows;
    if (first === undefined) return undefined;
    const values = new Map<string | null, unknown>();
    for (const { name, is_list: isPart, part } of rows) {
      const before = values.get(name);
      if (isPart && Array.isArray(before)) before.push(...(part as readonly unknown[]));
      else values.set(name, part);
    }
    const recent = values.get(null);
    values.delete(null);
    return { ...placeOf(first), state: Object.fromEntries(values as Map<string, unknown>), recent };
  }

  async save(stream: string, version: number, { revision, eventId, lastAt, state, recent }: Snapshot): Promise<void> {
    const body = `{"state":${await inSlices(jsonOf(state))},"recent":${JSON.stringify(recent)}}`;
    await this.#pool.query({
      name: 'snapshot-save',
      text: `insert into snapshots (stream, version, revision, event_id, last_at, body) values ($1, $2, $3, $4, $5, $6)
        on conflict (stream, version) do update set revision = excluded.revision, event_id = excluded.event_id,
          last_at = excluded.last_at, body = excluded.body`,
      values: [stream, version, revision, eventId, lastAt, body],
    });
  }
}

const membersAtOnce = 500;

/** The same text as that of JSON.stringify; the state of a stream may have large lists. */
function* jsonOf(state: unknown): Steps<string> {
  if (!isRecord(state)) return JSON.stringify(state);
  const parts: string[] = [];
  for (const [name, value] of Object.entries(state)) {
    if (!isList(value)) {
      const json = JSON.stringify(value) as string | undefined;
      if (json !== undefined) parts.push(`${JSON.stringify(name)}:${json}`);
      continue;
    }
    const slices: string[] = [];
    for (const members of slicesOf(value)) {
      slices.push(JSON.stringify(members).slice(1, -1));
      yield;
    }
    parts.push(`${JSON.stringify(name)}:[${slices.join(',')}]`);
  }
  return `{${parts.join(',')}}`;
}

function placeOf(row: Omit<Row, 'body'>): Pick<Snapshot, 'revision' | 'eventId' | 'lastAt'> {
  return { revision: row.revision, eventId: row.event_id, lastAt: row.last_at };
}

function* slicesOf(list: Iterable<unknown>): Generator<readonly unknown[]> {
  let members: unknown[] = [];
  for (const member of list) {
    members.push(member);
    if (members.length < membersAtOnce) continue;
    yield members;
    members = [];
  }
  if (members.length > 0) yield members;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isList(value) && !('toJSON' in value);
}

/** What is an array in JSON. */
function isList(value: unknown): value is Iterable<unknown> {
  if (Array.isArray(value)) return true;
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'toJSON' in value;
}
