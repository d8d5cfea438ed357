import { Draining } from '#commands';
import { reject } from '#domain';
import { OutcomeUnknown, StoreUnavailable } from '#event-store';
import { done } from '#use-cases';
import { resultOf } from './result-of.ts';

describe('the answer to one of several in a request', () => {
  it('is what was done, with the status of that', () => {
    expect(resultOf(done({ id: 'a' }), 201)).toEqual({ status: 201, data: { id: 'a' } });
  });

  it('is its rejection, with its facts if there are any', () => {
    const short = reject({ code: 'INSUFFICIENT_STOCK', available: 1, requested: 2 });
    expect(resultOf(short, 201)).toEqual({
      status: 400,
      code: 'INSUFFICIENT_STOCK',
      data: { available: 1, requested: 2 },
    });
    expect(resultOf(reject({ code: 'ITEM_NOT_FOUND' }), 201)).toEqual({ status: 404, code: 'ITEM_NOT_FOUND' });
  });

  it.each([
    ['OUTCOME_UNKNOWN', new OutcomeUnknown('the connection was lost')],
    ['UNAVAILABLE', new StoreUnavailable('the store is away')],
    ['STOPPING', new Draining('this process is stopping')],
    ['UNAVAILABLE', Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })],
  ])('is %s of what failed by an outage', (code, failure) => {
    expect(resultOf({ failure }, 201)).toEqual({ status: 503, code });
  });

  it('is none of what failed by a defect', () => {
    const failure = new TypeError('undefined is not a function');
    expect(() => resultOf({ failure }, 201)).toThrow(failure);
  });
});
