import type { Projection, ProjectionName, Row } from './projection.ts';
import { viewOf } from './tables.ts';

const revisionDigits = 16;

/**
 * The hash in which a projection lives in Redis: rows and what is known of them are one key, so that no flush, fail-over
 * or deletion can take the one and leave the other.
 */
export function redisKey(projection: ProjectionName): string {
  return `holdfast:{${viewOf(projection)}}:rows`;
}

/** Fields beside the rows: no row's key is one of these, for PostgreSQL's text cannot hold the character NUL. */
export const redisFields = {
  /** The position up to which the rows are covered, empty before the first; or which step of which copy wrote last. */
  mark: '\0mark',
  /** Which state of the table the rows were copied from. */
  source: '\0source',
} as const;

/** Names the work of keeping the copy. */
export function redisWorkOf(projection: ProjectionName): string {
  return `${viewOf(projection)} in Redis`;
}

/** The field of the hash that a row stands in. */
export function keyOf(projection: Projection, row: Row): string {
  return Object.keys(projection.table.key)
    .map((key) => String(row[key]))
    .join(':');
}

export function encodeRow(row: Row): string {
  return encodeRevision(row) + JSON.stringify(row);
}

/** What Redis compares; alone, it stands for a row that is gone. */
export function encodeRevision(row: Row): string {
  return String(row['revision']).padStart(revisionDigits, '0');
}

/** The row that a value of the hash holds. */
export function decodeRow<R>(value: string): R {
  return JSON.parse(value.slice(revisionDigits)) as R;
}
