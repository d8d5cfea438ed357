import type { FastifyReply, FastifyRequest } from 'fastify';
import { reject } from '#domain';
import { makePosition, StoreUnavailable } from '#event-store';
import { ConsistencyTokens } from '#http';
import { done, rejectField } from '#use-cases';
import { answerUseCase, Located, translateHalfDone } from './answer-use-case.ts';
import type { AskingRequest } from './use-case-context.ts';

const tokens = new ConsistencyTokens('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu');

class Lamps {
  @Located(({ id }: { id: string }) => `/lamps/${id}`)
  make(this: void): void {}
}
const config: unknown = Reflect.getMetadata('__fastify_route_config__', Lamps.prototype.make);

describe('the answer that is made of a use case', () => {
  const headers = new Map<string, string>();
  const answerTo = (outcome: unknown): unknown => {
    const reply = { header: (name: string, value: string) => headers.set(name, value) };
    const request = { routeOptions: { config } };
    return answerUseCase(tokens)(outcome, request as unknown as FastifyRequest, reply as unknown as FastifyReply);
  };

  it('is what it did, with where that is, and the token of its last write', () => {
    const writes = [true, false].map((repeated, at) => ({
      stream: `lamp-${at}`,
      position: makePosition('test', BigInt(at)),
      repeated,
    }));
    expect(answerTo(done({ id: 'a' }, ...writes))).toEqual({ id: 'a' });
    expect(tokens.decode(headers.get('consistency-token') ?? '')).toMatchObject({ stream: 'lamp-1' });
    expect(headers.get('location')).toBe('/lamps/a');
    expect(headers.get('idempotency-replayed')).toBe('true');
  });

  it('is its rejection; of a hold that is longer than the caller may ask for, the field is named', () => {
    expect(() => answerTo(reject({ code: 'CLOSED', closesAt: 7 }))).toThrow(
      expect.objectContaining({ code: 'CLOSED', facts: { closesAt: '1970-01-01T00:00:00.007Z' } }),
    );
    expect(() => answerTo(rejectField('ttlSeconds', 'integer', { min: 1, max: 60 }))).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        facts: { ttlSeconds: expect.stringContaining('60') as unknown },
      }),
    );
  });

  it('is that nobody can say, when it failed after something was recorded', () => {
    const failure = new StoreUnavailable('the store is away');
    const translated = (request: Partial<AskingRequest>) => translateHalfDone(failure, request as AskingRequest);
    expect(translated({ hasRecorded: true })).toMatchObject({ code: 'OUTCOME_UNKNOWN', cause: failure });
    expect(translated({})).toBeUndefined();
  });
});
