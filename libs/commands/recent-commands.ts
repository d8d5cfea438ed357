/** The revisions of the events of a command. */
export interface RecordedAt {
  readonly revision: number;
  readonly count: number;
  readonly at: number;
}

type Saved = readonly (readonly [commandId: string, revision: number, count: number, at: number])[];

const generationCommandsMax = 10_000;
const savedCommandsMax = 2 * generationCommandsMax;
/** For a store that cannot find them: the limit beyond which recent commands are forgotten, to bound memory. */
const hurriedCommandsMax = 100_000;
const generationAgeMsMax = 24 * 60 * 60 * 1000;

/**
 * The recent commands of one stream, by id. They let a retry be recognised even if neither Redis nor, on EventStoreDB,
 * the store itself remembers it. They are kept in two generations; the older one is dropped as a whole when the younger
 * one is full or a day old. So at least the last 10,000 commands of a day are remembered, and at most twice as many, or
 * more if they arrived within the time in which retries are expected.
 */
export class RecentCommands {
  readonly #retryMs: number;
  #younger = new Map<string, RecordedAt>();
  #older = new Map<string, RecordedAt>();
  #youngerSince = 0;
  #events = 0;
  #hasForgotten = false;

  /** `retryMs`: the time for which commands are remembered regardless of their number. */
  constructor(retryMs = 0) {
    this.#retryMs = retryMs;
  }

  /** Whether every command that ever came is remembered. */
  get isComplete(): boolean {
    return !this.#hasForgotten;
  }

  get size(): number {
    return this.#younger.size + this.#older.size;
  }

  find(commandId: string): RecordedAt | undefined {
    return this.#younger.get(commandId) ?? this.#older.get(commandId);
  }

  /** Events must be in order; those of one command are adjacent. A known event is ignored. */
  remember(commandId: string, revision: number, at: number): void {
    const known = this.find(commandId);
    if (known !== undefined && revision < known.revision + known.count) return;
    if (this.#isFull(at)) {
      this.#hasForgotten ||= this.#older.size > 0;
      this.#older = this.#younger;
      this.#younger = new Map();
      this.#youngerSince = at;
    }
    this.#events += 1;
    this.#younger.set(commandId, { revision: known?.revision ?? revision, count: (known?.count ?? 0) + 1, at });
  }

  save(): Saved {
    const latest = [...this.#older, ...this.#younger].slice(-savedCommandsMax);
    return latest.map(([id, { revision, count, at }]) => [id, revision, count, at]);
  }

  /** `events`: how many the stream has, of which those that are saved may be the latest alone. */
  static load(saved: unknown, events: number, retryMs?: number): RecentCommands {
    const recent = new RecentCommands(retryMs);
    for (const [id, revision, count, at] of saved as Saved) {
      for (let event = 0; event < count; event++) recent.remember(id, revision + event, at);
    }
    recent.#hasForgotten ||= recent.#events < events;
    return recent;
  }

  #isFull(at: number): boolean {
    const age = at - this.#youngerSince;
    const { size } = this.#younger;
    if (age > generationAgeMsMax || size >= hurriedCommandsMax) return true;
    return size >= generationCommandsMax && age >= this.#retryMs;
  }
}
