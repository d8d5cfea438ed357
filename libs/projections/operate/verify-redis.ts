import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '#event-store';
import type { PoolClient, Redis } from '#platform';
import type { Projection, Row } from '../define/projection.ts';
import { decodeRow, keyOf, redisFields, redisKey } from '../define/redis-rows.ts';
import { tablePages } from '../define/table-pages.ts';
import { columnTypes, readRows } from '../define/tables.ts';
import { isBefore, versionOfCopy, type Version } from '../define/version.ts';
import type { Difference } from './difference.ts';

/** A table of what the rows should be at a position, which can be brought forward to a later one. */
export interface Shadow {
  readonly client: PoolClient;
  readonly projection: Projection;
  readonly table: string;
  readonly version: Version;
  bringTo(version: Version): Promise<void>;
  /** The current version of the live table. */
  live(): Promise<Version>;
}

/** The copy did not reach the position of the table in time. */
export class Lagging extends Error {
  override readonly name = 'Lagging';

  /** Its position; null for a copy that is not complete. */
  readonly at: Position | null;

  constructor(at: Position | null) {
    super('the copy in Redis lags');
    this.at = at;
  }
}

/** Rows of a copy by field: at least their key. */
type Fields = ReadonlyMap<string, Row>;

const pauseMs = 50;
const fieldsPerScan = 1000;

export interface ComparisonOptions {
  /** How long the copy may take to reach the position of the table. */
  readonly waitMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Compares a copy in Redis with a shadow, page by page. Redis returns the rows of a page together with the position that
 * they cover, and the shadow is brought forward to exactly that position before they are compared.
 */
export class CopyComparison {
  readonly #shadow: Shadow;
  readonly #redis: Redis;
  readonly #options: ComparisonOptions;

  constructor(shadow: Shadow, redis: Redis, options: ComparisonOptions) {
    this.#shadow = shadow;
    this.#redis = redis;
    this.#options = options;
  }

  /** Throws Lagging if the copy is behind the table for too long. */
  async *differences(): AsyncGenerator<readonly Difference[]> {
    const { client, projection, table } = this.#shadow;
    for await (const rows of tablePages(client, projection, table)) {
      yield this.#compare(new Map(rows.map((row) => [keyOf(projection, row), row])));
    }
    yield* this.#rowsTooMany();
  }

  /** A row without one in the shadow may be new: compared again at the position of the copy, it is not a difference. */
  async *#rowsTooMany(): AsyncGenerator<readonly Difference[]> {
    let cursor = '0';
    do {
      const [next, entries] = await this.#redis.hscan(
        redisKey(this.#shadow.projection),
        cursor,
        'COUNT',
        fieldsPerScan,
      );
      cursor = next;
      const found = new Map<string, Row>();
      for (let index = 0; index < entries.length; index += 2) {
        const [field = '', value = ''] = entries.slice(index, index + 2);
        if (!field.startsWith('\0')) found.set(field, decodeRow<Row>(value));
      }
      const expected = await this.#expected(found);
      const unknown = new Map([...found].filter(([field]) => !expected.has(field)));
      if (unknown.size > 0) yield this.#compare(unknown);
    } while (cursor !== '0');
  }

  /**
   * Rows that were just copied from the table may be newer than the position of the copy. So those that differ are
   * compared again when the copy has reached the current position of the table.
   */
  async #compare(fields: Fields): Promise<readonly Difference[]> {
    const found = await this.#compareAt(this.#shadow.version, fields);
    if (found.length === 0) return found;
    const again = new Map([...fields].filter(([field]) => found.some(({ key }) => key === field)));
    return this.#compareAt(await this.#shadow.live(), again);
  }

  async #compareAt(version: Version, fields: Fields): Promise<readonly Difference[]> {
    const values = await this.#copyAt(version, [...fields.keys()]);
    const expectedRows = await this.#expected(fields);
    const types = columnTypes(this.#shadow.projection.table);
    const differences: Difference[] = [];
    for (const [key, value] of values) {
      const expected = expectedRows.get(key) ?? null;
      const found = value === null ? null : decodeRow<Row>(value);
      if (!isSame(types, expected, found)) differences.push({ where: 'Redis', key, expected, found });
    }
    return differences;
  }

  /** Reads values of the copy when it is at this version or a later one, and brings the shadow to that. */
  async #copyAt(least: Version, fields: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const { waitMs, signal } = this.#options;
    const deadline = performance.now() + waitMs;
    const { mark, source } = redisFields;
    const hash = redisKey(this.#shadow.projection);
    for (;;) {
      signal?.throwIfAborted();
      const [marked = null, from = null, ...values] = await this.#redis.hmget(hash, mark, source, ...fields);
      const version = versionOfCopy(marked, from);
      if (version !== undefined && !isBefore(version, least) && !this.#isBehindShadow(version)) {
        await this.#shadow.bringTo(version);
        return new Map(fields.map((field, index) => [field, values[index] ?? null]));
      }
      if (performance.now() >= deadline) throw new Lagging(version?.checkpoint ?? null);
      await pause(pauseMs);
    }
  }

  #isBehindShadow({ checkpoint }: Version): boolean {
    return (checkpoint ?? '') < (this.#shadow.version.checkpoint ?? '');
  }

  /** The rows of the shadow with these keys, by field. */
  async #expected(fields: Fields): Promise<Fields> {
    const { client, projection, table } = this.#shadow;
    const rows = await readRows(client, table, projection.table, [...fields.values()]);
    return new Map(rows.map((row) => [keyOf(projection, row), row]));
  }
}

function isSame(types: Readonly<Record<string, string>>, expected: Row | null, found: Row | null): boolean {
  if (expected === null || found === null) return expected === found;
  return Object.entries(types).every(
    ([column, type]) => textOf(type, expected[column]) === textOf(type, found[column]),
  );
}

/** PostgreSQL and JSON format times differently. */
function textOf(type: string, value: unknown): string {
  const isTime = type.startsWith('timestamptz') && typeof value === 'string';
  return isTime ? String(Date.parse(value)) : JSON.stringify(value ?? null);
}
