import type { CommandContext, CommandRuntime, Recorded } from '#commands';
import { isRejected, reject, type Aggregate, type Rejected } from '#domain';
import type { UseCaseContext } from './context.ts';
import type { Write } from './outcome.ts';

type AnyEvent = { readonly type: string };

/** What a stream needs to know of who asks. */
export type StreamContext = CommandContext & Pick<UseCaseContext, 'noteSent' | 'noteRecorded'>;

export interface KeyReused {
  readonly code: 'KEY_REUSED';
}

/** All streams of one aggregate: `stocks.of(id)` is the handle of one stream. */
export class Streams<Id, S, C extends object, E extends AnyEvent, R> {
  readonly #runtime: CommandRuntime;
  readonly #aggregate: Aggregate<Id, S, C, E, R>;

  constructor(runtime: CommandRuntime, aggregate: Aggregate<Id, S, C, E, R>) {
    this.#runtime = runtime;
    this.#aggregate = aggregate;
  }

  of(id: Id): Stream<S, C, E, R> {
    return new Stream(this.#runtime, this.#aggregate, this.#aggregate.streamOf(id));
  }
}

/** The handle of one stream. */
export class Stream<S, C extends object, E extends AnyEvent, R> {
  readonly name: string;
  readonly #runtime: CommandRuntime;
  readonly #aggregate: Aggregate<never, S, C, E, R>;

  constructor(runtime: CommandRuntime, aggregate: Aggregate<never, S, C, E, R>, name: string) {
    this.#runtime = runtime;
    this.#aggregate = aggregate;
    this.name = name;
  }

  /** The current state in the store, whichever process wrote it. */
  read(): Promise<S> {
    return this.#runtime.read(this.#aggregate, this.name);
  }

  /** To go on with what the last event of the stream began: what is recorded then is a consequence of the same request. */
  async goingOn<Context extends CommandContext>(context: Context): Promise<Context> {
    const correlationId = await this.#runtime.lastCorrelationId(this.name);
    return correlationId === undefined ? context : { ...context, correlationId };
  }

  /** Why the command would be rejected now; undefined when it would not be. */
  async rejectionOf(command: C): Promise<Rejected<R> | undefined> {
    return this.#rejectedIn(await this.read(), command);
  }

  /**
   * The same, but only of a stream that this process has in memory, and without asking the store if that state allows the
   * command. Undefined if something is due: it is recorded first, and may make room for the command.
   */
  async likelyRejectionOf(command: C): Promise<Rejected<R> | undefined> {
    const known = this.#runtime.lastKnown<S>(this.name);
    if (known === undefined || this.#rejectedIn(known, command) === undefined) return undefined;
    const current = await this.read();
    return this.#aggregate.due?.(current, Date.now()) === undefined ? this.#rejectedIn(current, command) : undefined;
  }

  #rejectedIn(state: S, command: C): Rejected<R> | undefined {
    const decision = this.#aggregate.decide({ ...command, at: Date.now() }, state);
    return isRejected(decision) ? decision : undefined;
  }

  /** What the command recorded; `write` is undefined when all was already as it wants it. */
  execute(command: C, context: StreamContext): Promise<Executed<E> | Rejected<R>> {
    return this.#send('execute', command, context);
  }

  /** The same, on a stream that is expected to have no events: it is read only if it has some. */
  begin(command: C, context: StreamContext): Promise<Executed<E> | Rejected<R>> {
    return this.#send('begin', command, context);
  }

  async #send(how: 'execute' | 'begin', command: C, context: StreamContext): Promise<Executed<E> | Rejected<R>> {
    context.noteSent?.();
    const outcome = await this.#runtime[how](this.#aggregate, this.name, command, context);
    if (outcome.outcome === 'rejected') return { rejection: outcome.rejection };
    if (outcome.outcome === 'unchanged') return { recorded: undefined, write: undefined };
    context.noteRecorded?.();
    const { position, repeated } = outcome;
    return { recorded: outcome, write: { stream: this.name, position, repeated } };
  }

  /** The event of this type that the command recorded, now or on its first attempt. */
  async record<Type extends E['type']>(
    type: Type,
    command: C,
    context: StreamContext,
    how: 'execute' | 'begin' = 'execute',
  ): Promise<RecordedEvent<Extract<E, { type: Type }>> | Rejected<R | KeyReused>> {
    const outcome = await this.#send(how, command, context);
    if (isRejected(outcome)) return outcome;
    const { recorded, write } = outcome;
    const event = recorded?.events.find((each) => each.type === type) as Extract<E, { type: Type }> | undefined;
    if (recorded !== undefined && write !== undefined && event !== undefined)
      return { event, at: recorded.at, revision: recorded.revision, write };
    // The command id was used for a different command: Redis had lost the fingerprint of the key.
    if (recorded?.repeated === true) return reject({ code: 'KEY_REUSED' });
    throw new Error(`${this.name} recorded no ${type}`);
  }
}

/** What a command did: nothing, when all was already as it wants it. */
export interface Executed<E> {
  readonly recorded: Recorded<E> | undefined;
  readonly write: Write | undefined;
}

export interface RecordedEvent<E> {
  readonly event: E;
  readonly at: number;
  readonly revision: number;
  readonly write: Write;
}
