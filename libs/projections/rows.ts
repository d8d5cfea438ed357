import type { RecordedEvent } from '#event-store';
import type { Projection, Row } from './projection.ts';
import { PoisonEvent } from './sink.ts';

export interface PageRows {
  readonly rows: readonly Row[];
  readonly poison: readonly PoisonEvent[];
}

/**
 * The rows that a page of events leaves behind, each key once: its last. An event whose handler throws is poison, and so
 * the later ones of its stream are left out too: they would be written over a gap.
 */
export function rowsOf(
  projection: Projection,
  events: readonly RecordedEvent[],
  leftOut: (stream: string) => boolean = () => false,
  known: readonly PoisonEvent[] = [],
): PageRows {
  const keys = Object.keys(projection.table.key);
  const rows = new Map<string, Row>();
  const poison = new Map(known.toReversed().map((found) => [found.event.stream, found]));
  for (const recorded of events) {
    const found = poison.get(recorded.stream);
    if (leftOut(recorded.stream) || (found !== undefined && found.event.revision <= recorded.revision)) continue;
    try {
      const row = projection.rowOf(recorded);
      if (row !== undefined) rows.set(keys.map((key) => row[key]).join('\0'), row);
    } catch (error) {
      poison.set(recorded.stream, new PoisonEvent(recorded, error));
    }
  }
  return { rows: [...rows.values()], poison: [...poison.values()] };
}
