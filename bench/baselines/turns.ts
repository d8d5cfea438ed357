/** A fixed set of resources, each for one user at a time; others wait in line. */
export class Turns<Thing> {
  readonly #free: Thing[];
  readonly #line: ((thing: Thing) => void)[] = [];

  constructor(things: readonly Thing[]) {
    this.#free = [...things];
  }

  async use<T>(work: (thing: Thing) => Promise<T>): Promise<T> {
    const thing = this.#free.pop() ?? (await new Promise<Thing>((resolve) => this.#line.push(resolve)));
    try {
      return await work(thing);
    } finally {
      const next = this.#line.shift();
      if (next === undefined) this.#free.push(thing);
      else next(thing);
    }
  }
}
