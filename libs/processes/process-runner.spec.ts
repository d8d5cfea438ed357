import { createLogger, createMetrics } from '#platform';
import { processMetrics } from './metrics.ts';
import { ProcessRunner, type ProcessRunnerOptions } from './process-runner.ts';
import type { Process } from './process.ts';

describe('the runner of a process', () => {
  let runners: ProcessRunner[];
  let lines: string[];

  beforeEach(() => {
    runners = [];
    lines = [];
  });

  afterEach(() => Promise.all(runners.map((runner) => runner.stop())));

  /** A process that is started, and what it asked for, in order; its lease is free unless the options say otherwise. */
  function started(process: Partial<Process>, options: Partial<ProcessRunnerOptions> = {}) {
    const asked: string[] = [];
    const metrics = processMetrics(createMetrics('test'));
    const write = (line: string): void => void lines.push((JSON.parse(line) as { msg: string }).msg);
    const runner = new ProcessRunner(
      {
        name: 'water-plants',
        waitsFor: 'the plants',
        assertThere: async () => undefined,
        everyMs: 1,
        round: async () => undefined,
        ...process,
      },
      {
        leases: {
          take: async (work) => asked.push(`take ${work}`) > 0,
          release: async (work) => void asked.push(`release ${work}`),
        },
        assertClock: async () => void asked.push('the clock'),
        metrics,
        log: createLogger('test', { logLevel: 'info', logFormat: 'json' }, { write }),
        pauseAfterFailureMs: 1,
        ...options,
      },
    );
    runners.push(runner);
    runner.start();
    return { runner, asked, metrics };
  }

  /** Rounds, each ending as it is told here; the last one is known when it begins. */
  function rounds(...outcomes: readonly (Error | undefined)[]) {
    const left = outcomes.values();
    const last = Promise.withResolvers<void>();
    let begun = 0;
    const round = async (): Promise<void> => {
      begun += 1;
      if (begun === outcomes.length) last.resolve();
      const outcome = left.next().value;
      if (outcome !== undefined) throw outcome;
    };
    return { round, last: last.promise };
  }

  it('asks for the clock, then for the lease, then does a round, and another', async () => {
    const { round, last } = rounds(undefined, undefined);
    const { asked } = started({ round });
    await last;
    expect(asked).toEqual(['the clock', 'take water-plants', 'the clock', 'take water-plants']);
  });

  it('does no round while another replica has the lease', async () => {
    const rejected = Promise.withResolvers<void>();
    let answers = 0;
    const take = async (): Promise<boolean> => {
      answers += 1;
      if (answers === 3) rejected.resolve();
      return false;
    };
    let done = 0;
    const round = async (): Promise<void> => {
      done += 1;
    };
    const { runner } = started({ round }, { leases: { take, release: async () => undefined } });
    await rejected.promise;
    await runner.stop();
    expect(done).toBe(0);
  });

  it('does not even ask for the lease while its clock is wrong', async () => {
    const warned = Promise.withResolvers<void>();
    const assertClock = async (): Promise<void> => {
      warned.resolve();
      throw new Error('this clock is 3600000 ms ahead');
    };
    const { runner, asked } = started({}, { assertClock });
    await warned.promise;
    await runner.stop();
    expect(asked).toEqual(['release water-plants']);
  });

  it('waits for what it needs before anything else, and says in the log for what', async () => {
    const { round, last } = rounds(undefined);
    let tries = 0;
    const assertThere = async (): Promise<void> => {
      tries += 1;
      if (tries === 1) throw new Error('not migrated yet: plants-1');
    };
    const { asked } = started({ assertThere, round });
    expect(asked).toEqual([]);
    await last;
    expect(lines).toEqual(['waiting for the plants: not migrated yet: plants-1', 'no longer waiting for the plants']);
  });

  it('goes on after a round that failed, and says so', async () => {
    const { round, last } = rounds(new Error('no water'), undefined);
    started({ round });
    await last;
    expect(lines).toEqual(['a round of background work failed; the next one tries again']);
  });

  it('measures the rounds by process', async () => {
    const { round, last } = rounds(undefined, undefined);
    const { runner, metrics } = started({ round });
    await last;
    await runner.stop();
    const { values } = await metrics.roundSeconds.get();
    const count = values.find(({ metricName }) => metricName === 'holdfast_process_round_seconds_count');
    expect(count).toMatchObject({ labels: { process: 'water-plants' }, value: 2 });
  });

  it('stops after the round that is under way, and gives the lease back last', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const signals: AbortSignal[] = [];
    const { runner, asked } = started({
      round: async (signal) => {
        signals.push(signal);
        begun.resolve();
        await end.promise;
        asked.push('the end of the round');
      },
    });
    await begun.promise;
    const stopped = runner.stop();
    expect(signals[0]?.aborted).toBe(true);
    end.resolve();
    await stopped;
    expect(asked.slice(-2)).toEqual(['the end of the round', 'release water-plants']);
  });

  it('stops while it waits for what it needs', async () => {
    const { runner } = started({ assertThere: () => Promise.reject(new Error('not there')) });
    await runner.stop();
    expect(lines).not.toContain('no longer waiting for the plants');
  });
});
