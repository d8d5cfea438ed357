interface WorkListOptions<Entry> {
  readonly atOnceMax: number;
  /** What an entry is known by from one round to the next. */
  readonly nameOf: (entry: Entry) => string;
}

const failedMax = 10_000;

/**
 * Works through the list of a round, several entries at once. Entries that failed come last in the next round, so that
 * they keep no other waiting.
 */
export class WorkList<Entry> {
  readonly #options: WorkListOptions<Entry>;
  readonly #failed = new Set<string>();

  constructor(options: WorkListOptions<Entry>) {
    this.#options = options;
  }

  /** Ends when all were tried, or the signal is aborted. Throws if any of them failed, with `what` in the message. */
  async each(
    entries: readonly Entry[],
    what: string,
    work: (entry: Entry) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { nameOf, atOnceMax } = this.#options;
    const { last = [], first = [] } = Object.groupBy(entries, (entry) =>
      this.#failed.has(nameOf(entry)) ? 'last' : 'first',
    );
    const waiting = [...first, ...last].values();
    const failures: unknown[] = [];
    await Promise.all(Array.from({ length: atOnceMax }, () => this.#workOn(waiting, work, failures, signal)));
    const [cause] = failures;
    if (failures.length === 0) return;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${what}: ${failures.length}; the first because of: ${why}`, { cause });
  }

  async #workOn(
    entries: Iterator<Entry, undefined>,
    work: (entry: Entry) => Promise<void>,
    failures: unknown[],
    signal: AbortSignal,
  ): Promise<void> {
    for (let next = entries.next(); next.done !== true; next = entries.next()) {
      if (signal.aborted) return;
      const name = this.#options.nameOf(next.value);
      try {
        await work(next.value);
        this.#failed.delete(name);
      } catch (error) {
        failures.push(error);
        if (this.#failed.size >= failedMax) this.#failed.clear();
        this.#failed.add(name);
      }
    }
  }
}
