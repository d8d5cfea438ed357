import type { RecordedEvent } from '#event-store';
import type { Change, Projection, Row } from './projection.ts';
import { PoisonEvent } from './poison-event.ts';

export interface PageRows {
  readonly rows: readonly Row[];
  /** The keys of deleted rows. */
  readonly deleted: readonly Row[];
  readonly poison: readonly PoisonEvent[];
}

/**
 * The rows that a page of events writes, the last one per key. If the handler of an event throws, the event is poison,
 * and the later events of its stream are skipped too, because they would leave a gap.
 */
export function rowsOf(
  projection: Projection,
  events: readonly RecordedEvent[],
  leftOut: (stream: string) => boolean = () => false,
  known: readonly PoisonEvent[] = [],
): PageRows {
  const keys = Object.keys(projection.table.key);
  const left = new Map<string, Change>();
  const poison = new Map(known.toReversed().map((found) => [found.event.stream, found]));
  for (const recorded of events) {
    const found = poison.get(recorded.stream);
    if (leftOut(recorded.stream) || (found !== undefined && found.event.revision <= recorded.revision)) continue;
    try {
      for (const change of projection.changesOf(recorded)) left.set(keys.map((key) => change[key]).join('\0'), change);
    } catch (error) {
      poison.set(recorded.stream, new PoisonEvent(recorded, error));
    }
  }
  const { rows = [], deleted = [] } = Object.groupBy(left.values(), (change) => (change.deleted ? 'deleted' : 'rows'));
  return { rows, deleted, poison: [...poison.values()] };
}
