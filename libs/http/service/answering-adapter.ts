import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { noteHandlerEnd } from './time-limit.guard.ts';

/**
 * Makes the answer of what a handler returned: it may set headers and the status, throw a Problem, or take the answer over.
 */
export type Answer = (returned: unknown, request: FastifyRequest, reply: FastifyReply) => unknown;

/** Passes what handlers return through `answer`. An interceptor would cost each request several times as much. */
export class AnsweringAdapter extends FastifyAdapter {
  answer: Answer = (returned) => returned;

  override reply(reply: FastifyReply, returned: unknown, status?: number) {
    if (reply.sent) {
      noteHandlerEnd(reply.request);
      return reply;
    }
    const answer = this.answer(returned, reply.request, reply);
    if (!(answer instanceof Promise)) return this.#send(reply, answer, status);
    // Nest waits for it, and answers what it throws.
    return answer.then((later: unknown) => this.#send(reply, later, status)) as unknown as FastifyReply;
  }

  #send(reply: FastifyReply, answer: unknown, status: number | undefined): FastifyReply {
    if (reply.sent) return reply;
    // A status that the answer has set says more than that of the route.
    return super.reply(reply, answer, reply.statusCode === 200 ? status : reply.statusCode);
  }
}
