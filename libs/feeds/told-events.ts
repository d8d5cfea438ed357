import type { RecordedEvent } from '#event-store';
import { PoisonEvent } from '#projections';
import type { Entry } from './feed-stream.ts';
import type { PublicEvent } from './public-event.ts';

/** Entries that are written together: all those of some events. */
export interface Part {
  readonly entries: readonly Entry[];
  /** The event of the last entry. */
  readonly last: RecordedEvent;
}

export interface ToldEvents {
  readonly parts: readonly Part[];
  readonly poison: readonly PoisonEvent[];
}

// Redis does nothing else while it writes a part.
const entriesPerPart = 500;

/**
 * What is told of a page of events. If an event cannot be read, it is poison, and the later events of its stream are
 * left out too, because they would leave a gap.
 */
export function toldEvents(
  events: readonly RecordedEvent[],
  tell: (recorded: RecordedEvent) => readonly PublicEvent[],
  isLeftOut: (recorded: RecordedEvent) => boolean = () => false,
): ToldEvents {
  const poison = new Map<string, PoisonEvent>();
  const parts: { entries: Entry[]; last: RecordedEvent }[] = [];
  for (const recorded of events) {
    if (poison.has(recorded.stream) || isLeftOut(recorded)) continue;
    try {
      const entries = tell(recorded).map((event): Entry => ({ event, position: recorded.position }));
      const part = parts.at(-1);
      if (entries.length === 0) continue;
      if (part === undefined || part.entries.length + entries.length > entriesPerPart)
        parts.push({ entries, last: recorded });
      else {
        part.entries.push(...entries);
        part.last = recorded;
      }
    } catch (error) {
      poison.set(recorded.stream, new PoisonEvent(recorded, error));
    }
  }
  return { parts, poison: [...poison.values()] };
}
