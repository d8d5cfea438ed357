import { HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LineLimit, type Logger } from '#platform';
import { currentLanguage } from '../messages/languages.ts';
import type { ErrorCode } from './codes.ts';
import { envelopeOf, retryAfterSeconds } from './envelope.ts';
import { noteHandlerEnd, type TimedRequest } from '../service/time-limit.guard.ts';
import { problem, Problem } from './problem.ts';
import { Replay, replayedHeader } from './replay.ts';
import { sendError, storedEnvelope } from './send-error.ts';

/** Translates an error of a library; undefined if it is not one of that library. */
export type Translate = (error: unknown, request: FastifyRequest) => Problem | undefined;

/** Problems that an operator should see; any caller can cause the others without limit. */
const troubles = new Set<ErrorCode>(['UNAVAILABLE', 'OUTCOME_UNKNOWN', 'STOPPING', 'PROJECTION_PARKED']);

/** Converts every exception to the error envelope, without internal details. */
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;
  readonly #translate: Translate;
  readonly #lineLimit = new LineLimit();

  constructor(log: Logger, translate: Translate) {
    this.#log = log;
    this.#translate = translate;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest & TimedRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return this.#noteLate(error, request);
    if (error instanceof Replay) return this.#answerAgain(request, reply, error);
    const found = this.#problemOf(error, request);
    this.#tell(error, found);
    const envelope = envelopeOf(found);
    const retryAfter = retryAfterSeconds(found);
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    void reply.header('content-language', currentLanguage());
    if (envelope.statusCode === 401) void reply.header('www-authenticate', 'Bearer');
    sendError(request, reply, envelope);
  }

  #answerAgain(request: FastifyRequest, reply: FastifyReply, { status, headers, body }: Replay): void {
    void reply.headers({ ...headers, [replayedHeader]: 'true' });
    if (status >= 400) sendError(request, reply, storedEnvelope(body));
    else void reply.status(status).header('content-type', 'application/json; charset=utf-8').send(body);
  }

  #tell(error: unknown, found: Problem): void {
    const { code, cause } = found;
    if (code === 'INTERNAL') this.#log[this.#lineLimit.levelOf(code, 'error')]({ err: error }, 'unexpected error');
    else if (troubles.has(code)) {
      this.#log[this.#lineLimit.levelOf(code, 'warn')]({ err: error, code }, 'the request could not be served');
    } else if (retryAfterSeconds(found) !== undefined) {
      this.#log.debug(
        { code, ...(cause instanceof Error ? { cause: cause.message } : {}) },
        'the request could not be served',
      );
    }
  }

  /** The request was answered at its time limit; what the error leaves in doubt is all that still is. */
  #noteLate(error: unknown, request: FastifyRequest & TimedRequest): void {
    delete request.doubt;
    this.#translate(error, request);
    noteHandlerEnd(request, error);
  }

  #problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    const { bodyLimit } = request.routeOptions;
    const translated = this.#translate(error, request) ?? this.#ofFramework(error, bodyLimit);
    return translated ?? problem('INTERNAL', null, { cause: error });
  }

  /** Errors thrown by Fastify and Nest. */
  #ofFramework(error: unknown, bytesMax: number): Problem | undefined {
    const status = error instanceof HttpException ? error.getStatus() : statusCodeOf(error);
    if (status === 404) return problem('ROUTE_UNKNOWN');
    if (status === 413) return problem('BODY_TOO_LARGE', { bytesMax });
    if (status === 415) return problem('CONTENT_TYPE_UNSUPPORTED');
    if (status === 400) return problem('BODY_MALFORMED');
    return undefined;
  }
}

function statusCodeOf(error: unknown): number | undefined {
  const known = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof known === 'number' ? known : undefined;
}
