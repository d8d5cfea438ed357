import { askAgain } from './ask-again.ts';
import { OutcomeUnknown, StoreUnavailable } from './errors.ts';

function failing(times: number, error: Error) {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked <= times) throw error;
    return 'answer';
  };
  return { ask, asked: () => asked };
}

describe('a question that may be asked twice', () => {
  it('is asked again after an outage that passes', async () => {
    const { ask, asked } = failing(2, new StoreUnavailable('lost'));
    expect(await askAgain(ask)).toBe('answer');
    expect(asked()).toBe(3);
  });

  it('is asked a few times, and then it is an outage', async () => {
    const { ask, asked } = failing(Infinity, new StoreUnavailable('lost'));
    await expect(askAgain(ask)).rejects.toThrow(StoreUnavailable);
    expect(asked()).toBe(4);
  });

  it('is not asked again for any other failure', async () => {
    const { ask, asked } = failing(Infinity, new OutcomeUnknown('who knows'));
    await expect(askAgain(ask)).rejects.toThrow(OutcomeUnknown);
    expect(asked()).toBe(1);
  });
});
