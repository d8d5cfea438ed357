interface Changes<Facts> {
  readonly wanted: Partial<Facts>;
  /** The same facts as they were. */
  readonly before: Partial<Facts>;
}

/** The facts that a form changes, so that what others changed meanwhile stays; undefined if it changes none. */
export function changesOf<Facts extends object>(before: Facts, wanted: Facts): Changes<Facts> | undefined {
  const names = (Object.keys(wanted) as (keyof Facts)[]).filter((name) => wanted[name] !== before[name]);
  if (names.length === 0) return undefined;
  const only = (facts: Facts) => Object.fromEntries(names.map((name) => [name, facts[name]])) as Partial<Facts>;
  return { wanted: only(wanted), before: only(before) };
}
