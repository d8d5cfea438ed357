import type { Decision, Timed } from '#domain';
import type { Codec } from '#event-store';

/** How one kind of stream decides: everything the runtime knows about it. */
export interface Aggregate<State, Command, Event extends { readonly type: string }, Rejection> {
  /** What stands before the first dash of its streams' names. */
  readonly category: string;
  readonly codec: Codec<Event>;
  readonly initial: State;
  evolve(state: State, event: Event): State;
  decide(command: Timed<Command>, state: State): Decision<Event, Rejection>;
  /** The internal command that must be recorded before a customer's is decided at this time, if any is due. */
  readonly due?: (state: State, at: number) => Command | undefined;
  /** The internal command that records that time has passed; needed where a rejection has a `since`. */
  readonly noteTime?: Command;
  readonly snapshots?: SnapshotFormat<State>;
}

export interface SnapshotFormat<State> {
  /** Raised with every change of the state's shape or of `evolve`: a snapshot of another version is not used. */
  readonly version: number;
  save(state: State): unknown;
  load(saved: unknown): State;
}

/** An aggregate whose types are nobody's business here: writers of all kinds live in one list. */
// oxlint-disable-next-line typescript/no-explicit-any -- a writer's commands and events are typed where it is used
export type AnyAggregate = Aggregate<any, any, any, any>;
