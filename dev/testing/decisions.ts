import { isRejected, type Decision, type Timed } from '#domain';

interface Decider<State, Command, Event, Rejection> {
  readonly initial: State;
  evolve(state: State, event: Event): State;
  decide(command: Timed<Command>, state: State): Decision<Event, Rejection>;
}

/** given(events).when(command).then(events), or .rejected(rejection, since): tests a decision. */
export function decisionsOf<State, Command, Event, Rejection>(decider: Decider<State, Command, Event, Rejection>) {
  return {
    given: (...events: readonly Event[]) => {
      const state = events.reduce((before, event) => decider.evolve(before, event), decider.initial);
      return { when: (command: Timed<Command>) => outcomeOf(decider.decide(command, state)) };
    },
  };
}

function outcomeOf<Event, Rejection>(decision: Decision<Event, Rejection>) {
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- given, when, then; nobody awaits it
    then: (...events: readonly Event[]): void => expect(decision).toEqual(events),
    thenNothing: (): void => expect(decision).toEqual([]),
    rejected: (rejection: Rejection, since?: number): void => expect(decision).toEqual({ rejection, since }),
    get events(): readonly Event[] {
      if (isRejected(decision)) throw new Error(`rejected: ${JSON.stringify(decision.rejection)}`);
      return decision;
    },
  };
}
