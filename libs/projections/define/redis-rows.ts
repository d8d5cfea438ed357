import type { Projection, ProjectionName, Row } from './projection.ts';
import { viewOf } from './tables.ts';

const revisionDigits = 16;

/**
 * The Redis hash of a projection: rows and metadata are one key, so that a flush, failover or deletion affects both.
 */
export function redisKey(projection: ProjectionName): string {
  return `holdfast:{${viewOf(projection)}}:rows`;
}

/** Metadata fields; they cannot be keys of rows, because PostgreSQL text cannot contain NUL. */
export const redisFields = {
  /** The position that the rows cover, empty before the first; or the last step of a copy in progress. */
  mark: '\0mark',
  /** The state of the table that the rows were copied from. */
  source: '\0source',
} as const;

/** The name of the worker that maintains the copy. */
export function redisWorkOf(projection: ProjectionName): string {
  return `${viewOf(projection)} in Redis`;
}

/** The field of a row in the hash. */
export function keyOf(projection: Projection, row: Row): string {
  return Object.keys(projection.table.key)
    .map((key) => String(row[key]))
    .join(':');
}

export function encodeRow(row: Row): string {
  return encodeRevision(row) + JSON.stringify(row);
}

/** The revision, which Redis compares; alone, it means a deleted row. */
export function encodeRevision(row: Row): string {
  return String(row['revision']).padStart(revisionDigits, '0');
}

/** Parses a row from a value of the hash. */
export function decodeRow<R>(value: string): R {
  return JSON.parse(value.slice(revisionDigits)) as R;
}
