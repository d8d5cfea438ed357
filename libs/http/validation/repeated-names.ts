/** Parsed body → the names that were given more than once in it, which it cannot show. */
const repeatedIn = new WeakMap<object, ReadonlySet<string>>();

export function keepRepeated(body: object, names: ReadonlySet<string>): void {
  if (names.size > 0) repeatedIn.set(body, names);
}

export function repeatedNames(body: object): readonly string[] {
  return [...(repeatedIn.get(body) ?? [])];
}
