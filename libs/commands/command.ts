import type { Position } from '#event-store';

/** The caller, the correlation id and the deadline of a command. */
export interface CommandContext {
  /** The same for every attempt of one command; event ids are derived from it. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly userId: string | null;
  /** The API key with which the user, or a service for the user, asks. */
  readonly apiKeyId?: string | undefined;
  /** In milliseconds since 1970. */
  readonly deadline: number;
}

export type Outcome<Event, Rejection> =
  | Recorded<Event>
  /** The command changes nothing: the state is already as requested. */
  | { readonly outcome: 'unchanged'; readonly at: number }
  | { readonly outcome: 'rejected'; readonly rejection: Rejection; readonly at: number };

export interface Recorded<Event> {
  readonly outcome: 'recorded';
  readonly events: readonly Event[];
  readonly at: number;
  /** Revision of the last event of the command. */
  readonly revision: number;
  /** A query that has reached this position sees the events of the command. */
  readonly position: Position;
  /** The command was recorded earlier, and this result is made from the events recorded then. */
  readonly repeated: boolean;
}
