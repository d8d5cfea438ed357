import type { Row } from '../define/projection.ts';

/** A row that does not match the events. */
export interface Difference {
  readonly where: 'PostgreSQL' | 'Redis';
  readonly key: string;
  /** The row according to the events; null if there should be none. */
  readonly expected: Row | null;
  readonly found: Row | null;
}
