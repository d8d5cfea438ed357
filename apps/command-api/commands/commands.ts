import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#auth';
import { commandIdOf, type Aggregate, type CommandContext, type CommandRuntime, type Outcome } from '#commands';
import { consistencyHeader, encodeToken, problem, refusal, type ErrorCode } from '#http';
import { requestContext } from '#platform';

const keyShape = /^[\x20-\x7e]{1,255}$/;

/** The way from a request to a command, and from its outcome to an answer: one for all commands. */
export class Commands {
  constructor(
    private readonly runtime: CommandRuntime,
    private readonly timeoutMs: number,
  ) {}

  /** Who asks for what, and until when. The same Idempotency-Key of the same caller is the same command. */
  contextOf(request: FastifyRequest, caller: Caller): CommandContext {
    const key = request.headers['idempotency-key'];
    if (key !== undefined && (typeof key !== 'string' || !keyShape.test(key))) throw problem('IDEMPOTENCY_KEY_INVALID');
    const commandId = key === undefined ? randomUUID() : commandIdOf(caller.id, key);
    const correlationId = requestContext.getStore()?.requestId ?? commandId;
    return { commandId, correlationId, userId: caller.id, deadline: Date.now() + this.timeoutMs };
  }

  /** The event that the command recorded, now or when it was first sent; throws what it was refused with. */
  async record<
    S,
    C extends object,
    E extends { readonly type: string },
    R extends { readonly code: ErrorCode },
    Type extends E['type'],
  >(
    aggregate: Aggregate<S, C, E, R>,
    stream: string,
    command: C,
    type: Type,
    { context, reply }: { context: CommandContext; reply: FastifyReply },
  ): Promise<{ event: Extract<E, { type: Type }>; at: number; revision: number }> {
    const outcome: Outcome<E, R> = await this.runtime.execute(aggregate, stream, command, context);
    if (outcome.outcome === 'refused') throw refusal(outcome.rejection);
    const event = outcome.outcome === 'recorded' ? outcome.events.find(isOfType<E, Type>(type)) : undefined;
    if (outcome.outcome === 'unchanged' || event === undefined) throw new Error(`${stream} recorded no ${type}`);
    void reply.header(consistencyHeader, encodeToken({ position: outcome.position, stream }));
    if (outcome.repeated) void reply.header('idempotency-replayed', 'true');
    return { event, at: outcome.at, revision: outcome.revision };
  }

  read<S, C, E extends { readonly type: string }, R>(aggregate: Aggregate<S, C, E, R>, stream: string): Promise<S> {
    return this.runtime.read(aggregate, stream);
  }
}

function isOfType<E extends { readonly type: string }, Type extends E['type']>(type: Type) {
  return (event: E): event is Extract<E, { type: Type }> => event.type === type;
}
