import type { RecordedEvent } from '#event-store';

/** An event that a projection cannot take for a reason of the event's own. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
  readonly event: RecordedEvent;

  constructor(event: RecordedEvent, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${event.type} at revision ${event.revision} of ${event.stream}: ${why}`, { cause });
    this.event = event;
  }
}
