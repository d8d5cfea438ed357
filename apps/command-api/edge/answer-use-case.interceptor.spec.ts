import type { ExecutionContext } from '@nestjs/common';
import { firstValueFrom, of, throwError, type Observable } from 'rxjs';
import { reject } from '#domain';
import { makePosition, StoreUnavailable } from '#event-store';
import { ConsistencyTokens, problem } from '#http';
import { done, rejectField } from '#use-cases';
import { AnswerUseCase, Located } from './answer-use-case.interceptor.ts';
import type { AskingRequest } from './use-case-context.ts';

const tokens = new ConsistencyTokens('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu');

const makeLamp = (): void => undefined;
Located(({ id }: { id: string }) => `/lamps/${id}`)({}, 'makeLamp', { value: makeLamp });

describe('the answer that is made of a use case', () => {
  function answerTo(outcome: Observable<unknown>, request: Partial<AskingRequest> = {}) {
    const headers = new Map<string, string>();
    const reply = { header: (name: string, value: string) => headers.set(name, value) };
    const http = { getRequest: () => request, getResponse: () => reply };
    const context = { switchToHttp: () => http, getHandler: () => makeLamp };
    const answer = new AnswerUseCase(tokens).intercept(context as unknown as ExecutionContext, {
      handle: () => outcome,
    });
    return { answer: firstValueFrom(answer), headers };
  }

  it('is what it did, with where that is, and the token of its last write', async () => {
    const writes = [true, false].map((repeated, at) => ({
      stream: `lamp-${at}`,
      position: makePosition('test', BigInt(at)),
      repeated,
    }));
    const { answer, headers } = answerTo(of(done({ id: 'a' }, ...writes)));
    expect(await answer).toEqual({ id: 'a' });
    expect(tokens.decode(headers.get('consistency-token') ?? '')).toMatchObject({ stream: 'lamp-1' });
    expect(headers.get('location')).toBe('/lamps/a');
    expect(headers.get('idempotency-replayed')).toBe('true');
  });

  it('is its rejection; of a hold that is longer than the caller may ask for, the field is named', async () => {
    const closed = answerTo(of(reject({ code: 'CLOSED', closesAt: 7 })));
    await expect(closed.answer).rejects.toMatchObject({ code: 'CLOSED', facts: { closesAt: 7 } });
    const tooLong = answerTo(of(rejectField('ttlSeconds', 'integer', { min: 1, max: 60 })));
    await expect(tooLong.answer).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      facts: { ttlSeconds: expect.stringContaining('60') as unknown },
    });
  });

  it('is that nobody can say, when it failed after something was recorded', async () => {
    const failure = new StoreUnavailable('the store is away');
    const failed = throwError(() => failure);
    const after = answerTo(failed, { hasRecorded: true });
    await expect(after.answer).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', cause: failure });
    await expect(answerTo(failed).answer).rejects.toBe(failure);
    const known = problem('FORBIDDEN');
    await expect(
      answerTo(
        throwError(() => known),
        { hasRecorded: true },
      ).answer,
    ).rejects.toBe(known);
  });
});
