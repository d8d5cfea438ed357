/** Parsed body → its duplicate names, which are lost by parsing. */
const repeatedIn = new WeakMap<object, ReadonlySet<string>>();

export function keepRepeated(body: object, names: ReadonlySet<string>): void {
  if (names.size > 0) repeatedIn.set(body, names);
}

export function repeatedNames(body: object): readonly string[] {
  return [...(repeatedIn.get(body) ?? [])];
}
