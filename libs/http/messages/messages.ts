import type { ErrorCode, Facts } from '../errors/codes.ts';

/** The rules of request fields, with the values used in their messages. */
export interface RuleFacts {
  required: Record<string, never>;
  unknown: Record<string, never>;
  twice: Record<string, never>;
  text: { min: number; max: number };
  wellFormed: Record<string, never>;
  integer: { min: number; max: number };
  email: Record<string, never>;
  id: Record<string, never>;
  newId: Record<string, never>;
  time: Record<string, never>;
  notFuture: Record<string, never>;
  future: Record<string, never>;
  after: { other: string };
  oneOf: { choices: readonly string[] };
  integers: { min: number; countMax: number };
  list: { min: number; max: number };
  object: Record<string, never>;
  ids: { countMax: number };
  listedTexts: { countMax: number; max: number };
  notLess: { other: string };
  differs: { other: string };
  cursor: Record<string, never>;
  sum: { of: string; sum: number };
  notWith: { other: string };
  password: { min: number };
  commonPassword: Record<string, never>;
  userName: { max: number };
  emailTaken: Record<string, never>;
  userNameTaken: Record<string, never>;
  boolean: Record<string, never>;
  url: { max: number };
  urls: { countMax: number; max: number };
  texts: { countMax: number; max: number };
  textMap: { countMax: number; nameMax: number; max: number };
  textMapLength: { max: number };
  slug: { max: number };
  choices: { choices: readonly string[] };
  webhookUrl: Record<string, never>;
  webhookAddress: Record<string, never>;
  webhookHost: Record<string, never>;
  category: Record<string, never>;
  date: { yearMin: number; yearMax: number };
  dates: { countMax: number; yearMin: number; yearMax: number };
  timesOfDay: { countMax: number };
  timeZone: Record<string, never>;
  requiredUnless: { other: string };
  seriesTooLong: { slotsMax: number };
  seriesEmpty: Record<string, never>;
}
export type RuleName = keyof RuleFacts;

/** Messages of successful answers without other content. */
export type NoticeName = 'loggedOut' | 'profileUpdated' | 'passwordReset';

/** All messages in one language. A language with a missing message does not compile. */
export interface Messages {
  readonly errors: { readonly [Code in ErrorCode]: (facts: Facts[Code]) => string };
  readonly rules: { readonly [Rule in RuleName]: (facts: RuleFacts[Rule]) => string };
  readonly notices: { readonly [Notice in NoticeName]: string };
}
