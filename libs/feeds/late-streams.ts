import type { Position, RecordedEvent } from '#event-store';
import type { Pool, PoolClient } from '#platform';
import { feed } from './feed.ts';

/**
 * A stream that was parked. Its events from a revision up to a position are told after that position: where they are in
 * the feed is decided once, so that they are there again when the feed is written again.
 */
export interface LateStream {
  readonly stream: string;
  readonly revision: number;
  /** Identifies when it was decided to tell it. */
  readonly decision: string;
  /** The revision, or the next one if it was skipped. */
  readonly toldFrom: number;
  readonly toldAt: Position;
}

export async function lateStreams(pool: Pool): Promise<readonly LateStream[]> {
  const { rows } = await pool.query<LateStream>(
    `select stream, revision, told_from as "toldFrom", told_at as "toldAt", decision
     from feed_late_streams
     where feed = $1 order by told_at, revision`,
    [feed.name],
  );
  return rows;
}

/** Replaces earlier decisions on what it contains, so that of one stream the one with the higher revision is the later. */
export async function addLateStream(client: PoolClient, late: Omit<LateStream, 'decision'>): Promise<void> {
  const { stream, revision, toldFrom, toldAt } = late;
  await client.query('delete from feed_late_streams where feed = $1 and stream = $2 and revision >= $3', [
    feed.name,
    stream,
    revision,
  ]);
  await client.query(
    'insert into feed_late_streams (feed, stream, revision, told_from, told_at) values ($1, $2, $3, $4, $5)',
    [feed.name, stream, revision, toldFrom, toldAt],
  );
}

/** Whether an event is not told where it was recorded, but later. */
export function isToldLate({ stream, revision, position }: RecordedEvent, late: LateStream): boolean {
  return stream === late.stream && revision >= late.revision && position <= late.toldAt;
}
