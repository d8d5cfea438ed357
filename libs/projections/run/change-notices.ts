import { isPosition, type Position } from '#event-store';
import type { Projection, ProjectionName, Row } from '../define/projection.ts';
import { viewOf } from '../define/tables.ts';

/** Notification of which rows of the live generation of a followed projection changed: `<view> <position or -> <keys or *>`. */
export const changesChannel = 'holdfast_changes';

/** PostgreSQL takes 8,000 bytes. */
const noticeBytesMax = 7500;
/** A page with more keys is one of a projection that catches up: whoever follows reads everything again. */
const keysMax = 500;
const anything = '*';

export interface ChangeNotice {
  readonly view: string;
  /** Every change up to there was told, with this notice; undefined if others of its page follow, or if it is unknown. */
  readonly position: Position | undefined;
  /** The values of the key columns of each row; undefined for any rows. */
  readonly keys: readonly (readonly string[])[] | undefined;
}

/** What is told of a page, in as many notifications as it takes. */
export function noticesOf(projection: Projection, changed: readonly Row[], position: Position): string[] {
  const view = viewOf(projection);
  if (changed.length === 0) return [];
  if (changed.length > keysMax) return [`${view} ${position} ${anything}`];
  const columns = Object.keys(projection.table.key);
  const keys = changed.map((row) => JSON.stringify(columns.map((column) => String(row[column]))));
  const chunks: string[] = [];
  let chunk = '';
  for (const key of keys) {
    if (chunk !== '' && Buffer.byteLength(chunk) + Buffer.byteLength(key) > noticeBytesMax) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk = chunk === '' ? key : `${chunk},${key}`;
  }
  return [...chunks.map((some) => `${view} - [${some}]`), `${view} ${position} [${chunk}]`];
}

/** Told when rows may have changed without a new position. */
export function anythingNotice(projection: ProjectionName): string {
  return `${viewOf(projection)} - ${anything}`;
}

export function readNotice(payload: string): ChangeNotice {
  const [, view = '', position = '', keys = anything] = /^(\S+) (\S+) (.*)$/s.exec(payload) ?? [];
  return {
    view,
    position: isPosition(position) ? position : undefined,
    keys: keys === anything ? undefined : (JSON.parse(keys) as string[][]),
  };
}
