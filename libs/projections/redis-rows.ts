import type { Projection, ProjectionName, Row } from './projection.ts';
import { viewOf } from './tables.ts';

const revisionDigits = 16;

/** Where a projection lives in Redis: one hash tag, so that one script may write all of it in a cluster too. */
export function redisKeys(projection: ProjectionName) {
  const tag = `holdfast:{${viewOf(projection)}}`;
  return { rows: `${tag}:rows`, checkpoint: `${tag}:checkpoint`, source: `${tag}:source` };
}

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
  return String(row['revision']).padStart(revisionDigits, '0') + JSON.stringify(row);
}

/** The row that a value of the hash holds. */
export function decodeRow<R>(value: string): R {
  return JSON.parse(value.slice(revisionDigits)) as R;
}
