import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

type ValueOf<S> = S extends Setting<infer Value> ? Value : never;
export type Config = { readonly [Name in keyof typeof settings]: ValueOf<(typeof settings)[Name]> };

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.join('\n')}`,
    );
    this.faults = faults;
  }
}

/** Reads the whole configuration; throws an error with one line per fault. */
export function readConfig(env: NodeJS.ProcessEnv, defaults: Partial<Config> = {}): Config {
  const faults = unknownVariables(env);
  const config: Record<string, unknown> = {};
  for (const [name, setting] of entries()) {
    const given = env[setting.variable];
    const fallback = name in defaults ? defaults[name] : setting.default;
    if (given !== undefined && given !== '') {
      const parsed = setting.parse(given);
      if ('fault' in parsed) faults.push(`${setting.variable} ${parsed.fault}`);
      else config[name] = parsed.value;
    } else if (fallback === undefined) faults.push(`${setting.variable} is missing: ${setting.describe}`);
    else config[name] = fallback;
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return config as Config;
}

export function entries(): [keyof Config, Setting<unknown>][] {
  return Object.entries(settings) as [keyof Config, Setting<unknown>][];
}

/** What the CLI reads itself, so that a shell can keep it. */
const variablesOfCli: readonly string[] = ['HOLDFAST_TOKEN', 'HOLDFAST_URL'];

function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = entries().map(([, setting]) => setting.variable);
  return Object.keys(env)
    .filter(
      (variable) => variable.startsWith('HOLDFAST_') && !known.includes(variable) && !variablesOfCli.includes(variable),
    )
    .map((variable) => `${variable} is not a setting${suggestion(variable, known)}`);
}

function suggestion(variable: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, distance: editDistance(name, variable) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  return near !== undefined && near.distance <= 4 ? `; did you mean ${near.name}?` : '';
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
