import type { ExecutionContext } from '@nestjs/common';
import { firstValueFrom, of } from 'rxjs';
import { reject } from '#domain';
import { AnswerRejections } from './answer-rejections.interceptor.ts';

describe('the answer of a query', () => {
  function answerTo(outcome: unknown): Promise<unknown> {
    const context = {} as ExecutionContext;
    return firstValueFrom(new AnswerRejections().intercept(context, { handle: () => of(outcome) }));
  }

  it('is an error with the code and the other facts of a rejection', async () => {
    const answer = answerTo(reject({ code: 'HOLD_NOT_FOUND', holdId: 'h1' }));
    await expect(answer).rejects.toMatchObject({ code: 'HOLD_NOT_FOUND', facts: { holdId: 'h1' } });
  });

  it.each([[{ id: 'a' }], [[]], ['text'], [undefined], [null]])('is what was read: %j', async (read) => {
    expect(await answerTo(read)).toBe(read);
  });
});
