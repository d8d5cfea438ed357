import { ConfigurationError } from './config/read-config.ts';
import { createLogger } from './logging.ts';
import { untilItWorks } from './until-it-works.ts';

describe('waiting until something works', () => {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push((JSON.parse(line) as { msg: string }).msg);
  const log = createLogger('test', { logLevel: 'info', logFormat: 'json' }, { write });
  const stopping = new AbortController();

  beforeEach(() => void lines.splice(0));

  function wait(...outcomes: readonly (Error | string)[]): Promise<string> {
    const left = outcomes.values();
    const attempt = async (): Promise<string> => {
      const outcome = left.next().value ?? 'nothing';
      if (typeof outcome === 'string') return outcome;
      throw outcome;
    };
    return untilItWorks('the thing', attempt, { log, signal: stopping.signal });
  }

  const refused = (): Error => new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:1')], '');

  it('says nothing about what works at once', async () => {
    expect(await wait('it')).toBe('it');
    expect(lines).toEqual([]);
  });

  it('has one line for each reason, however often it is met, and one for the end', async () => {
    expect(await wait(refused(), refused(), new Error('not migrated yet: a-1'), 'it')).toBe('it');
    expect(lines).toEqual([
      'waiting for the thing: connect ECONNREFUSED 127.0.0.1:1',
      'waiting for the thing: not migrated yet: a-1',
      'no longer waiting for the thing',
    ]);
  });

  it('does not wait for a fault of the configuration to pass', async () => {
    await expect(wait(new ConfigurationError(['REDIS_URL is wrong']))).rejects.toThrow('REDIS_URL is wrong');
    expect(lines).toEqual([]);
  });

  it('ends when the process stops', async () => {
    const waiting = wait(new Error('away'));
    stopping.abort();
    await expect(waiting).rejects.toThrow('aborted');
  });
});
