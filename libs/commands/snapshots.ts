import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Migration, Pool } from '#platform';

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
  revision: number;
  event_id: string;
  last_at: number;
  body: { state: unknown; recent: unknown };
}

export class PostgresSnapshots implements Snapshots {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(stream: string, version: number): Promise<Snapshot | undefined> {
    const { rows } = await this.#pool.query<Row>({
      name: 'snapshot-find',
      text: 'select revision, event_id, last_at, body from snapshots where stream = $1 and version = $2',
      values: [stream, version],
    });
    const row = rows[0];
    if (row === undefined) return undefined;
    return { revision: row.revision, eventId: row.event_id, lastAt: row.last_at, ...row.body };
  }

  async save(stream: string, version: number, { revision, eventId, lastAt, state, recent }: Snapshot): Promise<void> {
    const body = `{"state":${await jsonInSlices(state)},"recent":${JSON.stringify(recent)}}`;
    await this.#pool.query({
      name: 'snapshot-save',
      text: `insert into snapshots (stream, version, revision, event_id, last_at, body) values ($1, $2, $3, $4, $5, $6)
        on conflict (stream, version) do update set revision = excluded.revision, event_id = excluded.event_id,
          last_at = excluded.last_at, body = excluded.body`,
      values: [stream, version, revision, eventId, lastAt, body],
    });
  }
}

const sliceMs = 5;
const membersAtOnce = 500;

/** The same text as that of JSON.stringify. Other work is done in between: the state of a stream may have large lists. */
async function jsonInSlices(state: unknown): Promise<string> {
  if (!isRecord(state)) return JSON.stringify(state);
  let since = performance.now();
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
      if (performance.now() - since < sliceMs) continue;
      await nextTurn();
      since = performance.now();
    }
    parts.push(`${JSON.stringify(name)}:[${slices.join(',')}]`);
  }
  return `{${parts.join(',')}}`;
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
