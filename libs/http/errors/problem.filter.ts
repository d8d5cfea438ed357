import { HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LineLimit, type Logger } from '#platform';
import type { ErrorCode } from './codes.ts';
import { envelopeOf, retryAfterSeconds } from './envelope.ts';
import { problem, Problem } from './problem.ts';
import { Replay, replayedHeader } from './replay.ts';

/** What an error of a library behind the edge means to the caller; undefined when it is none of that library's. */
export type Translate = (error: unknown) => Problem | undefined;

/** Somebody has to look after these; the other refusals any caller can have as many of as they like. */
const troubles = new Set<ErrorCode>(['UNAVAILABLE', 'OUTCOME_UNKNOWN', 'STOPPING', 'PROJECTION_PARKED']);

/** Everything that is thrown leaves in the one envelope, without a word about our insides. */
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;
  readonly #translate: Translate;
  readonly #bodyBytesMax: number;
  readonly #lineLimit = new LineLimit();

  constructor(log: Logger, translate: Translate, bodyBytesMax: number) {
    this.#log = log;
    this.#translate = translate;
    this.#bodyBytesMax = bodyBytesMax;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof Replay) return this.#answerAgain(reply, error);
    const found = this.#problemOf(error);
    this.#tell(error, found);
    const envelope = envelopeOf(found);
    const retryAfter = retryAfterSeconds(found);
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    if (envelope.statusCode === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.status(envelope.statusCode).header('content-type', 'application/json; charset=utf-8').send(envelope);
  }

  #answerAgain(reply: FastifyReply, { status, headers, body }: Replay): void {
    void reply
      .status(status)
      .headers({ ...headers, [replayedHeader]: 'true', 'content-type': 'application/json; charset=utf-8' })
      .send(body);
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

  #problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    return this.#translate(error) ?? this.#ofFramework(error) ?? problem('INTERNAL', null, { cause: error });
  }

  /** What Fastify and Nest throw by themselves. */
  #ofFramework(error: unknown): Problem | undefined {
    const status = error instanceof HttpException ? error.getStatus() : statusCodeOf(error);
    if (status === 404) return problem('ROUTE_UNKNOWN');
    if (status === 413) return problem('BODY_TOO_LARGE', { bytesMax: this.#bodyBytesMax });
    if (status === 415) return problem('CONTENT_TYPE_UNSUPPORTED');
    if (status === 400) return problem('BODY_MALFORMED');
    return undefined;
  }
}

function statusCodeOf(error: unknown): number | undefined {
  const known = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof known === 'number' ? known : undefined;
}
