import { isTimeZone } from '../time-zone.ts';

/** One setting: its variable, description and allowed values. */
export interface Setting<Value> {
  readonly variable: string;
  readonly describe: string;
  readonly unit?: string;
  readonly bounds?: string;
  readonly default?: Value;
  readonly secret?: boolean;
  /** As text, if it is none. */
  show?(value: Value): string;
  /** Returns the value, or the fault as text that follows the name of the variable. */
  parse(text: string): Parsed<Value>;
}

export type Parsed<Value> = { readonly value: Value } | { readonly fault: string };

type Described<Value> = Omit<Setting<Value>, 'parse' | 'bounds' | 'show'>;

export function integer(setting: Described<number> & { min: number; max: number }): Setting<number> {
  const { min, max, ...described } = setting;
  return {
    ...described,
    bounds: `${min}–${max}`,
    parse: (given) => {
      const value = Number(given);
      return /^-?\d+$/.test(given) && value >= min && value <= max
        ? { value }
        : { fault: `must be a whole number from ${min} to ${max}` };
    },
  };
}

export function oneOf<const Choice extends string>(
  setting: Described<Choice> & { choices: readonly Choice[] },
): Setting<Choice> {
  const { choices, ...described } = setting;
  return {
    ...described,
    bounds: choices.join(', '),
    parse: (given) => {
      const value = choices.find((choice) => choice === given);
      return value === undefined ? { fault: `must be one of: ${choices.join(', ')}` } : { value };
    },
  };
}

export function flag(setting: Described<boolean>): Setting<boolean> {
  return {
    ...setting,
    bounds: 'true, false',
    parse: (given) =>
      given === 'true' || given === 'false' ? { value: given === 'true' } : { fault: 'must be true or false' },
  };
}

export function list(setting: Described<readonly string[]>): Setting<readonly string[]> {
  return {
    ...setting,
    bounds: 'comma-separated',
    parse: (given) => ({
      value: given
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    }),
  };
}

export function text(setting: Described<string>): Setting<string> {
  return { ...setting, parse: (value) => (value === '' ? { fault: 'must not be empty' } : { value }) };
}

/** A URL; its password is hidden when the configuration is shown. */
export function url(setting: Described<string> & { schemes: readonly string[] }): Setting<string> {
  const { schemes, ...described } = setting;
  const fault = `must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return {
    ...described,
    bounds: schemes.map((scheme) => `${scheme}://…`).join(', '),
    parse: (value) => (schemes.some((scheme) => value.startsWith(`${scheme}://`)) ? { value } : { fault }),
  };
}

const secretBytesMin = 32;

/** A secret: long enough, and not a phrase copied from an example. */
export function secret(setting: Described<string>): Setting<string> {
  const fault = `must be at least ${secretBytesMin} random bytes; make one with: openssl rand -base64 48`;
  return {
    ...setting,
    secret: true,
    bounds: `≥ ${secretBytesMin} random bytes`,
    parse: (value) => (isWeak(value) ? { fault } : { value }),
  };
}

function isWeak(value: string): boolean {
  const distinct = new Set(value).size;
  return Buffer.byteLength(value) < secretBytesMin || distinct < 12 || /change|secret|example|password/i.test(value);
}

/** A name of the IANA time zone database. */
export function timeZone(setting: Described<string>): Setting<string> {
  return {
    ...setting,
    bounds: 'IANA time zone',
    parse: (value) =>
      isTimeZone(value) ? { value } : { fault: 'must be the name of a time zone, such as Asia/Taipei' },
  };
}
