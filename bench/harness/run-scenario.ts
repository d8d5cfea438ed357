import { setTimeout as pause } from 'node:timers/promises';
import { ContenderProcess } from './contender-process.ts';
import type { Options } from './options.ts';
import type { Pace } from './pace.ts';
import { Rival } from './rival.ts';
import { scenarios, type ScenarioKey } from './scenarios.ts';
import type { BenchServers } from './servers.ts';

const breathMs = 50;

/** All contenders run in each round, so that drift of the machine affects all equally. */
export async function runScenario(
  key: ScenarioKey,
  { contenders, profile }: Options,
  pace: Pace,
  servers: BenchServers,
  say: (line: string) => void,
): Promise<readonly Rival[]> {
  const scenario = scenarios[key];
  const rivals: Rival[] = [];
  try {
    for (const contender of contenders) {
      const profiling = profile === undefined ? undefined : { folder: profile, name: `${key}-${contender}.cpuprofile` };
      const process = new ContenderProcess(contender, profiling);
      rivals.push(new Rival(process, scenario, pace, await servers.withDatabase()));
    }
    say('trying pool sizes');
    for (const rival of rivals) await rival.calibrate();
    for (let round = 0; round < pace.repeats; round++) {
      say(`round ${round + 1} of ${pace.repeats}`);
      // Rotates the order, so that no contender always follows the same one.
      const first = round % rivals.length;
      for (const rival of [...rivals.slice(first), ...rivals.slice(0, first)]) {
        await rival.measure();
        await pause(breathMs);
      }
    }
    if (key === 'hot64') {
      say('selling out');
      for (const rival of rivals) await rival.sellOut();
    }
    return rivals;
  } finally {
    await Promise.all(rivals.map((rival) => rival.end()));
  }
}
