import { DatabaseError } from 'pg';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { countedMax, countedPageOf, rowsToRead, type CountedPage, type Paging } from '../paging.ts';
import { journalProjection } from './projection.ts';
import type { SubjectKind } from './stored-events.ts';

/** An event as it is stored. */
export interface JournalEvent {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** The version of its type in which it was written; null where it was not recorded. */
  readonly schemaVersion: number | null;
  readonly subjectKind: SubjectKind | null;
  readonly subjectId: string | null;
  readonly userId: string | null;
  readonly apiKeyId: string | null;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  readonly at: Date | null;
  readonly position: string;
  /** Grows with the position. */
  readonly place: number;
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** Every condition that is given must hold. */
export interface JournalFilter {
  readonly stream?: string | undefined;
  /** Any of these ids. */
  readonly subjectIds?: readonly string[] | undefined;
  readonly subjectKind?: SubjectKind | undefined;
  /** Any of these types. */
  readonly types?: readonly string[] | undefined;
  readonly userId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Recorded at this time or later. */
  readonly from?: Date | undefined;
  /** Recorded before this time. */
  readonly to?: Date | undefined;
}

/** The projector has not built the journal yet. */
export class JournalNotBuilt extends Error {
  override readonly name = 'JournalNotBuilt';
}

const journal = viewOf(journalProjection);
const undefinedTable = '42P01';
const columns = `event_id as "eventId", stream, revision, type, schema_version as "schemaVersion",
  subject_kind as "subjectKind", subject_id as "subjectId", user_id as "userId", api_key_id as "apiKeyId",
  correlation_id as "correlationId", causation_id as "causationId", at, position, place, body`;

export class JournalQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(eventId: string): Promise<JournalEvent | undefined> {
    const text = `select ${columns} from ${journal} where event_id = $1 order by place limit 1`;
    const [event] = await this.#rows<JournalEvent>(text, [eventId]);
    return event;
  }

  /** The newest first. A page goes on after the place of an event. */
  async page(filter: JournalFilter, paging: Paging): Promise<CountedPage<JournalEvent>> {
    const [rows, count] = await Promise.all([
      this.#read(filter, paging),
      'page' in paging ? this.#countUpTo(filter) : null,
    ]);
    return countedPageOf(rows, paging, count);
  }

  async #read(filter: JournalFilter, paging: Paging): Promise<readonly JournalEvent[]> {
    const { limit, offset } = rowsToRead(paging);
    const wanted = new Wanted(filter);
    if ('after' in paging) wanted.add(Number(paging.after), (place) => `place < ${place}`);
    const order = 'order by place desc limit';
    return this.#rows<JournalEvent>(
      `select found.* from ${wanted.probes} cross join lateral (
         select ${columns} from ${journal} where ${wanted.where} ${order} ${limit + offset}
       ) found ${order} ${limit} offset ${offset}`,
      wanted.values,
    );
  }

  async #countUpTo(filter: JournalFilter): Promise<number> {
    const wanted = new Wanted(filter);
    const [row] = await this.#rows<{ count: number }>(
      `select count(*) from (
         select from ${wanted.probes} cross join lateral (select from ${journal} where ${wanted.where}) found
         limit ${countedMax + 1}
       ) counted`,
      wanted.values,
    );
    return row?.count ?? 0;
  }

  async #rows<Row extends object>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.#pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      if (error instanceof DatabaseError && error.code === undefinedTable)
        throw new JournalNotBuilt('the journal is not built yet', { cause: error });
      throw error;
    }
  }
}

/**
 * A filter in SQL. Each type and each subject is looked up by itself, the newest events first, so that PostgreSQL never
 * sorts more rows than it is to answer.
 */
class Wanted {
  readonly values: unknown[] = [];
  readonly #lists = ['(select) nothing'];
  readonly #conditions = ['true'];

  constructor(filter: JournalFilter) {
    const { stream, subjectIds, subjectKind, types, userId, correlationId, from, to } = filter;
    this.add(stream, (value) => `stream = ${value}`);
    this.add(subjectKind, (value) => `subject_kind = ${value}`);
    this.add(userId, (value) => `user_id = ${value}`);
    this.add(correlationId, (value) => `correlation_id = ${value}`);
    this.add(from, (value) => `at >= ${value}::timestamptz and place >= (${firstPlaceFrom(value)})`);
    this.add(to, (value) => `at < ${value}::timestamptz and place <= (${lastPlaceBefore(value)})`);
    this.#addList('type', types);
    this.#addList('subject_id', subjectIds);
  }

  add(value: unknown, condition: (parameter: string) => string): void {
    if (value !== undefined) this.#conditions.push(condition(`$${this.values.push(value)}`));
  }

  #addList(column: string, list: readonly string[] | undefined): void {
    if (list === undefined) return;
    this.#lists.push(`unnest($${this.values.push([...new Set(list)])}::text[]) wanted_${column}`);
    this.#conditions.push(`${column} = wanted_${column} collate "C"`);
  }

  get probes(): string {
    return this.#lists.join(' cross join ');
  }

  get where(): string {
    return this.#conditions.join(' and ');
  }
}

/**
 * Times grow with the places, except that the clocks of several processes differ and an append may be late. So an event is
 * looked for only among those that at most this many events out of their order were appended before or after.
 */
const outOfOrderMax = 10_000;

function lastPlaceBefore(to: string): string {
  return `select case when count(*) < ${outOfOrderMax} then ${Number.MAX_SAFE_INTEGER} else max(place) end from (
    select place from ${journal} where at >= ${to}::timestamptz order by at, place limit ${outOfOrderMax}) later`;
}

function firstPlaceFrom(from: string): string {
  return `select case when count(*) < ${outOfOrderMax} then 0 else min(place) end from (
    select place from ${journal} where at < ${from}::timestamptz order by at desc, place desc limit ${outOfOrderMax}) earlier`;
}
