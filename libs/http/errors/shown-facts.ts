/** The facts of a rejection as clients see them: times in ISO 8601, durations in seconds. */
export type Shown<Facts> = {
  [Name in keyof Facts as Name extends `${infer Start}MsMax` ? `${Start}SecondsMax` : Name]: Name extends `${string}At`
    ? Exclude<Facts[Name], number> | string
    : Facts[Name];
};

export function shownFacts(facts: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(shownFact));
}

function shownFact([name, value]: [string, unknown]): [string, unknown] {
  if (typeof value === 'number' && name.endsWith('At')) return [name, new Date(value).toISOString()];
  if (typeof value === 'number' && name.endsWith('MsMax')) return [name.replace(/MsMax$/, 'SecondsMax'), value / 1000];
  return [name, value];
}
