import type { ExecutionContext } from '@nestjs/common';
import type { ProjectionName } from '#projections';
import type { ReadYourWrites } from './read-your-writes.ts';
import { Sees } from './sees.ts';
import { WaitForWrites } from './wait-for-writes.guard.ts';

const now: ProjectionName = { name: 'now', schema: 1 };
const then: ProjectionName = { name: 'then', schema: 1 };

class Operations {
  @Sees([now])
  one(this: void): void {}

  @Sees(({ at }) => [at === undefined ? now : then])
  ofTime(this: void): void {}
}

interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  fresh?: boolean;
}

/** What was waited for, and whether the request is noted as fresh when it goes on. */
async function ask(operation: () => void, request: Asked) {
  const waits: unknown[][] = [];
  const wait = async (...waited: readonly unknown[]): Promise<void> => {
    await Promise.resolve();
    waits.push([...waited]);
  };
  const guard = new WaitForWrites({ wait } as unknown as ReadYourWrites);
  const context = { getHandler: () => operation, switchToHttp: () => ({ getRequest: () => request }) };
  expect(await guard.canActivate(context as unknown as ExecutionContext)).toBe(true);
  return { waits, fresh: request.fresh };
}

const { one, ofTime } = Operations.prototype;

describe('before a query is asked', () => {
  it('what it reads has been waited for, and the request says so', async () => {
    expect(await ask(one, { headers: { 'consistency-token': 'token' }, query: {} })).toEqual({
      waits: [['token', now]],
      fresh: true,
    });
  });

  it('there is nothing to wait for without a token', async () => {
    expect(await ask(one, { headers: {}, query: {} })).toEqual({ waits: [], fresh: undefined });
  });

  it('what is waited for is what its parameters make it read', async () => {
    const headers = { 'consistency-token': 'token' };
    expect(await ask(ofTime, { headers, query: {} })).toMatchObject({ waits: [['token', now]] });
    expect(await ask(ofTime, { headers, query: { at: '2026' } })).toMatchObject({ waits: [['token', then]] });
  });
});
