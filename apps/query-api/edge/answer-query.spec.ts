import type { FastifyReply, FastifyRequest } from 'fastify';
import { reject } from '#domain';
import { answerQuery } from './answer-query.ts';

describe('the answer of a query', () => {
  function answerTo(found: unknown): unknown {
    const request = { routeOptions: { config: {} } } as FastifyRequest;
    return answerQuery(found, request, {} as FastifyReply);
  }

  it('is an error with the code and the other facts of a rejection', () => {
    const answer = (): unknown => answerTo(reject({ code: 'HOLD_NOT_FOUND', holdId: 'h1' }));
    expect(answer).toThrow(expect.objectContaining({ code: 'HOLD_NOT_FOUND', facts: { holdId: 'h1' } }));
  });

  it.each([[{ id: 'a' }], [[]], ['text'], [undefined], [null]])('is what was read: %j', (read) => {
    expect(answerTo(read)).toBe(read);
  });
});
