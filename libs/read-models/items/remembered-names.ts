/** Names that are forgotten after some time, and the oldest when there are too many. */
export class RememberedNames {
  /** Name → when it is forgotten, in the order in which they were added. */
  readonly #names = new Map<string, number>();
  readonly #ms: number;
  readonly #max: number;

  constructor(ms: number, max: number) {
    this.#ms = ms;
    this.#max = max;
  }

  has(name: string): boolean {
    const until = this.#names.get(name);
    if (until === undefined) return false;
    if (performance.now() < until) return true;
    this.#names.delete(name);
    return false;
  }

  add(name: string): void {
    this.#names.delete(name);
    this.#names.set(name, performance.now() + this.#ms);
    const [oldest] = this.#names.keys();
    if (this.#names.size > this.#max && oldest !== undefined) this.#names.delete(oldest);
  }
}
