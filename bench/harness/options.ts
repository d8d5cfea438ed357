import { parseArgs } from 'node:util';
import { contenderKeys, type ContenderKey } from '../contenders/contenders.ts';
import { scenarioKeys, type ScenarioKey } from './scenarios.ts';

export interface Options {
  readonly quick: boolean;
  readonly contenders: readonly ContenderKey[];
  readonly scenarios: readonly ScenarioKey[];
  readonly memory: boolean;
  /** Folder for CPU profiles of the contender processes. */
  readonly profile: string | undefined;
}

export const help = `Measures how fast Holdfast and its rivals sell one unit after the other.

  npm run bench:core                        everything; about ten minutes
  npm run bench:core -- --quick             a first impression, in a minute and a half; numbers not to be quoted
  npm run bench:core -- --only a,f          Holdfast and these rivals (${contenderKeys.slice(1).join(', ')})
  npm run bench:core -- --scenario hot64    only this; several with commas: ${scenarioKeys.join(', ')}, memory
  npm run bench:core -- --profile DIRECTORY CPU profiles of each contender, one a scenario

EVENTSTORE_URL=esdb://… lets Holdfast and (d) keep their events there; PostgreSQL and Redis are always started for it.`;

/** Parses the command line; undefined if only help was requested. */
export function optionsOf(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      scenario: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const scenarios = listed('scenario', values.scenario, [...scenarioKeys, 'memory'] as const);
  const rivals = listed('only', values.only, contenderKeys);
  return {
    quick: values.quick,
    contenders: contenderKeys.filter((key) => key === 'holdfast' || rivals.includes(key)),
    scenarios: scenarioKeys.filter((key) => scenarios.includes(key)),
    memory: scenarios.includes('memory'),
    profile: values.profile,
  };
}

function listed<Key extends string>(name: string, text: string | undefined, known: readonly Key[]): readonly Key[] {
  if (text === undefined) return known;
  return text.split(',').map((part) => {
    const key = known.find((one) => one === part.trim());
    if (key === undefined) throw new RangeError(`--${name} takes ${known.join(', ')}; not ${part}`);
    return key;
  });
}
