import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { commandIdOf } from '#commands';
import { problem, type TimedRequest } from '#http';
import { callerOf, deadlineOf, idempotencyKeyOf, keepKeyUntil } from '#http/guard';
import { requestContext } from '#platform';
import type { UseCaseContext } from '#use-cases';

/** A request, and how far what it asks for has come. */
export interface AskingRequest extends FastifyRequest, TimedRequest {
  /** Whether a command of it was recorded, now or at an earlier try. */
  hasRecorded?: boolean;
}

/** Who asks, and until when. The same Idempotency-Key of the same caller is the same command. */
export const Context = createParamDecorator((key: 'key-required' | undefined, execution: ExecutionContext) => {
  const request = execution.switchToHttp().getRequest<AskingRequest>();
  const { id: userId, role, apiKeyId } = callerOf(execution);
  const given = idempotencyKeyOf(request);
  // What is asked for twice without one would be done twice.
  if (key === 'key-required' && given === undefined) throw problem('IDEMPOTENCY_KEY_MISSING');
  const commandId = given === undefined ? randomUUID() : commandIdOf(userId, given);
  const correlationId = requestContext.getStore()?.requestId ?? commandId;
  request.mayHaveRecorded = false;
  const context: UseCaseContext = {
    commandId,
    correlationId,
    userId,
    apiKeyId,
    role,
    isRepeatable: given !== undefined,
    deadline: deadlineOf(request),
    noteSent: () => (request.mayHaveRecorded = true),
    noteRecorded: () => (request.hasRecorded = true),
    noteUnfinished: (settled) => keepKeyUntil(request, settled),
  };
  return context;
});
