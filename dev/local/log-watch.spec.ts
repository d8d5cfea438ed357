import { warningIn } from './log-watch.ts';

describe('a warning in a log', () => {
  it('is told with its facts, and without what only programs need', () => {
    const line = { level: 40, time: 1, service: 'query-api', requestId: 'r', msg: 'slow', table: 'items', ms: 7 };
    expect(warningIn(JSON.stringify(line))).toBe('warning: slow table="items"');
  });

  it('is told with the message of its error', () => {
    const line = { level: 50, msg: 'cannot write', err: { message: 'connection lost', stack: '…' } };
    expect(warningIn(JSON.stringify(line))).toBe('error: cannot write connection lost');
  });

  it('is seen in lines for people, too', () => {
    expect(warningIn('[03:04:05] WARN: slow')).toBe('[03:04:05] WARN: slow');
  });

  it.each(['{"level":30,"msg":"ERROR counted"}', 'all is well', ''])('is not what %j says', (line) => {
    expect(warningIn(line)).toBeUndefined();
  });
});
