import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { admittedAt, idempotencyKeyOf, keepKeyUntil } from '#auth/guard';
import { commandIdOf, InDoubt, type CommandContext, type CommandRuntime, type Outcome, type Recorded } from '#commands';
import type { Aggregate } from '#domain';
import { consistencyHeader, problem, Problem, refusal, replayedHeader } from '#http';
import type { ConsistencyTokens, ErrorCode, TimedRequest } from '#http';
import { requestContext } from '#platform';
import type { Incoming } from './asking.ts';

/** A request on its way to becoming commands, and the reply that says what they recorded. */
export interface Asked {
  readonly context: CommandContext;
  readonly reply: FastifyReply;
}

/** The way from a request to a command, and from its outcome to an answer: one for all commands. */
export class Commands {
  constructor(
    private readonly runtime: CommandRuntime,
    private readonly tokens: ConsistencyTokens,
    private readonly timeoutMs: number,
  ) {}

  /** Who asks for what, and until when. The same Idempotency-Key of the same caller is the same command. */
  ask({ request, reply, caller }: Incoming): Asked {
    noteRecording(request, false);
    const key = idempotencyKeyOf(request);
    const commandId = key === undefined ? randomUUID() : commandIdOf(caller.id, key);
    const correlationId = requestContext.getStore()?.requestId ?? commandId;
    const deadline = admittedAt(request) + this.timeoutMs;
    return { context: { commandId, correlationId, userId: caller.id, deadline }, reply };
  }

  /** For what is only done with a key: a hold that is asked for twice would be two holds. */
  askWithKey(incoming: Incoming): Asked {
    if (idempotencyKeyOf(incoming.request) === undefined) throw problem('IDEMPOTENCY_KEY_MISSING');
    return this.ask(incoming);
  }

  /** One of several commands of a request: with an id of its own, that is the same for every try. */
  step({ context, reply }: Asked, name: string): Asked {
    return { context: { ...context, commandId: commandIdOf(context.commandId, name) }, reply };
  }

  /** One that is decided from what is there now, whatever an earlier try found: it is never taken for a repeat of that. */
  afresh({ context, reply }: Asked): Asked {
    return { context: { ...context, commandId: randomUUID() }, reply };
  }

  /** The event that the command recorded, now or when it was first sent; throws what it was refused with. */
  async record<
    Id,
    S,
    C extends object,
    E extends { readonly type: string },
    R extends { readonly code: ErrorCode },
    Type extends E['type'],
  >(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
    command: C,
    type: Type,
    asked: Asked,
  ): Promise<{ event: Extract<E, { type: Type }>; at: number; revision: number }> {
    const recorded = await this.apply(aggregate, stream, command, asked);
    const event = recorded?.events.find(isOfType<E, Type>(type));
    if (recorded !== undefined && event !== undefined) return { event, at: recorded.at, revision: recorded.revision };
    // The key's command is known, and was another: Redis had forgotten what it was used for.
    if (recorded?.repeated === true) throw problem('KEY_REUSED');
    throw new Error(`${stream} recorded no ${type}`);
  }

  /** What the command recorded; undefined when all was already as it wants it. Throws what it was refused with. */
  async apply<Id, S, C extends object, E extends { readonly type: string }, R extends { readonly code: ErrorCode }>(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
    command: C,
    asked: Asked,
  ): Promise<Recorded<E> | undefined> {
    const outcome = await this.#execute(aggregate, stream, command, asked);
    const { reply } = asked;
    if (outcome.outcome === 'refused') throw refusal(outcome.rejection);
    if (outcome.outcome === 'unchanged') return undefined;
    void reply.header(consistencyHeader, this.tokens.encode({ position: outcome.position, stream }));
    if (outcome.repeated) void reply.header(replayedHeader, 'true');
    return outcome;
  }

  read<Id, S, C, E extends { readonly type: string }, R>(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
  ): Promise<S> {
    return this.runtime.read(aggregate, stream);
  }

  async #execute<Id, S, C extends object, E extends { readonly type: string }, R>(
    aggregate: Aggregate<Id, S, C, E, R>,
    stream: string,
    command: C,
    { context, reply }: Asked,
  ): Promise<Outcome<E, R>> {
    noteRecording(reply.request, true);
    try {
      return await this.runtime.execute(aggregate, stream, command, context);
    } catch (error) {
      if (error instanceof InDoubt) keepKeyUntil(reply.request, error.settled);
      throw error;
    }
  }
}

/** The rest of a request of which something is recorded already: whatever stops it, a retry goes on from there. */
export async function afterFirst<T>(rest: () => Promise<T>): Promise<T> {
  try {
    return await rest();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw problem('OUTCOME_UNKNOWN', null, { cause: error });
  }
}

function noteRecording(request: TimedRequest, mayHaveRecorded: boolean): void {
  request.mayHaveRecorded = mayHaveRecorded;
}

function isOfType<E extends { readonly type: string }, Type extends E['type']>(type: Type) {
  return (event: E): event is Extract<E, { type: Type }> => event.type === type;
}
