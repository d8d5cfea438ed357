import type { Position } from '#event-store';

/** Who asks, on behalf of what, and until when an answer is of use. */
export interface CommandContext {
  /** The same for every try of one command; its events' ids are derived from it. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly userId: string | null;
  /** In milliseconds since 1970. */
  readonly deadline: number;
}

export type Outcome<Event, Rejection> =
  | Recorded<Event>
  /** All is already as the command wants it. */
  | { readonly outcome: 'unchanged'; readonly at: number }
  | { readonly outcome: 'refused'; readonly rejection: Rejection; readonly at: number };

export interface Recorded<Event> {
  readonly outcome: 'recorded';
  readonly events: readonly Event[];
  readonly at: number;
  /** Of the command's last event in its stream. */
  readonly revision: number;
  /** A query that has come as far as this sees the command's events. */
  readonly position: Position;
  /** The command had been recorded before, and this answer was made from what it recorded then. */
  readonly repeated: boolean;
}
