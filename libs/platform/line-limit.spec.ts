import { LineLimit } from './index.ts';

describe('lines of the log that callers can cause', () => {
  it('are for debugging once there were enough of their kind in a minute', () => {
    const limit = new LineLimit(2);
    const levels = [1, 2, 3].map((now) => limit.levelOf('UNAVAILABLE', 'warn', now));
    expect(levels).toEqual(['warn', 'warn', 'debug']);
    expect(limit.levelOf('INTERNAL', 'error', 4)).toBe('error');
    expect(limit.levelOf('UNAVAILABLE', 'warn', 60_000)).toBe('debug');
    expect(limit.levelOf('UNAVAILABLE', 'warn', 60_001)).toBe('warn');
  });
});
