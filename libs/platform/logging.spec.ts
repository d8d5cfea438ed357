import { createLogger } from './index.ts';

describe('an error in the log', () => {
  function logged(error: unknown): { err: Record<string, unknown>; line: string } {
    let line = '';
    const log = createLogger('test', { logLevel: 'info', logFormat: 'json' }, { write: (text) => (line = text) });
    log.warn({ err: error }, 'it failed');
    return { err: (JSON.parse(line) as { err: Record<string, unknown> }).err, line };
  }

  const rejected = () => Object.assign(new Error('WRONGPASS'), { command: { name: 'auth', args: ['secret'] } });

  it('has its type, its message, its stack and its code', () => {
    const { err } = logged(Object.assign(new TypeError('no'), { code: 'ENOENT' }));
    expect(err).toEqual({
      type: 'TypeError',
      message: 'no',
      stack: expect.stringMatching(/^TypeError: no/),
      code: 'ENOENT',
    });
  });

  it('has its causes, too', () => {
    const { err } = logged(new Error('not written', { cause: new Error('disk full') }));
    expect(err).toMatchObject({
      message: 'not written: disk full',
      stack: expect.stringMatching(/caused by: Error: disk full/),
    });
  });

  it('has the errors that it stands for', () => {
    const each = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(logged(new AggregateError([each])).err).toMatchObject({
      aggregateErrors: [{ message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' }],
    });
  });

  it.each([
    ['itself', rejected()],
    ['its cause', new Error('away', { cause: rejected() })],
    ['one of many', new AggregateError([rejected()])],
    ['one before it', Object.assign(new Error('aborted'), { previousErrors: [rejected()] })],
  ])('does not have what %s was about to send', (_, error) => {
    expect(logged(error).line).not.toContain('secret');
  });

  it('may be anything that was thrown', () => {
    expect(logged('a sentence').err).toBe('a sentence');
  });
});
