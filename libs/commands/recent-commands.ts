/** Where a command's events stand in their stream. */
export interface RecordedAt {
  readonly revision: number;
  readonly count: number;
  readonly at: number;
}

type Saved = readonly (readonly [commandId: string, revision: number, count: number, at: number])[];

const generationCommandsMax = 10_000;
const generationAgeMsMax = 24 * 60 * 60 * 1000;

/**
 * The latest commands of one stream, by id: what lets a retry be recognised though neither Redis nor, on EventStoreDB,
 * the store itself still knows it. It is kept in two generations, and the older is dropped whole once the younger is full
 * or a day old: so at least the last 10,000 commands of a day are remembered, and at most twice as many.
 */
export class RecentCommands {
  #younger = new Map<string, RecordedAt>();
  #older = new Map<string, RecordedAt>();
  #youngerSince = 0;
  #youngerEvents = 0;
  #olderEvents = 0;

  /** How many events the commands that are remembered have recorded. */
  get events(): number {
    return this.#youngerEvents + this.#olderEvents;
  }

  get size(): number {
    return this.#younger.size + this.#older.size;
  }

  find(commandId: string): RecordedAt | undefined {
    return this.#younger.get(commandId) ?? this.#older.get(commandId);
  }

  /** Events come in their order; those of one command are neighbours. One that is known already changes nothing. */
  remember(commandId: string, revision: number, at: number): void {
    const known = this.find(commandId);
    if (known !== undefined && revision < known.revision + known.count) return;
    if (this.#younger.size >= generationCommandsMax || at - this.#youngerSince > generationAgeMsMax) {
      this.#older = this.#younger;
      this.#olderEvents = this.#youngerEvents;
      this.#younger = new Map();
      this.#youngerEvents = 0;
      this.#youngerSince = at;
    }
    this.#youngerEvents += 1;
    this.#younger.set(commandId, { revision: known?.revision ?? revision, count: (known?.count ?? 0) + 1, at });
  }

  save(): Saved {
    return [...this.#older, ...this.#younger].map(([id, { revision, count, at }]) => [id, revision, count, at]);
  }

  static load(saved: unknown): RecentCommands {
    const recent = new RecentCommands();
    for (const [id, revision, count, at] of saved as Saved) {
      for (let event = 0; event < count; event++) recent.remember(id, revision + event, at);
    }
    return recent;
  }
}
