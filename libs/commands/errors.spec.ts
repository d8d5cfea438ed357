import { setImmediate } from 'node:timers/promises';
import { OutcomeUnknown } from '#event-store';
import { ClockBehind, Contended, Draining, InDoubt, NotInTime, Overloaded, TryAgainLater } from './errors.ts';

describe('an error that records nothing', () => {
  it.each([
    { name: 'Overloaded', type: Overloaded },
    { name: 'NotInTime', type: NotInTime },
    { name: 'Draining', type: Draining },
    { name: 'Contended', type: Contended },
    { name: 'ClockBehind', type: ClockBehind },
  ])('$name says its name, and that the caller may try again in a second', ({ name, type }) => {
    const error = new type('what happened');
    expect(error).toBeInstanceOf(TryAgainLater);
    expect(error).toMatchObject({ name, message: 'what happened', retryAfterSeconds: 1 });
  });
});

describe('a command in doubt', () => {
  it('has an unknown outcome, and a promise of its end that nobody has to listen to', async () => {
    const never = new Error('never settled');
    const doubt = new InDoubt('what happened', Promise.reject(never));
    await setImmediate();
    expect(doubt).toBeInstanceOf(OutcomeUnknown);
    expect(doubt.message).toBe('what happened');
    await expect(doubt.settled).rejects.toBe(never);
  });
});
