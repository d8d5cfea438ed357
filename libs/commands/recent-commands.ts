/** Where a command's events stand in their stream. */
export interface RecordedAt {
  readonly revision: number;
  readonly count: number;
  readonly at: number;
}

const recentCommandsMax = 10_000;
const recentCommandsAgeMsMax = 24 * 60 * 60 * 1000;

/**
 * The latest commands of one stream, by id: what lets a retry be recognised though neither Redis nor, on EventStoreDB,
 * the store itself still knows it. Bounded in number and age; that is the window in which a retry is safe there.
 */
export class RecentCommands {
  readonly #byId = new Map<string, RecordedAt>();

  get size(): number {
    return this.#byId.size;
  }

  find(commandId: string): RecordedAt | undefined {
    return this.#byId.get(commandId);
  }

  /** Events come in their order; those of one command are neighbours. One that is known already changes nothing. */
  remember(commandId: string, revision: number, at: number): void {
    const known = this.#byId.get(commandId);
    if (known !== undefined && revision < known.revision + known.count) return;
    this.#byId.set(commandId, { revision: known?.revision ?? revision, count: (known?.count ?? 0) + 1, at });
    for (const [id, { at: oldAt }] of this.#byId) {
      if (this.#byId.size <= recentCommandsMax && at - oldAt <= recentCommandsAgeMsMax) break;
      this.#byId.delete(id);
    }
  }

  toJSON(): unknown {
    return [...this.#byId].map(([id, { revision, count, at }]) => [id, revision, count, at]);
  }

  static fromJSON(saved: unknown): RecentCommands {
    const recent = new RecentCommands();
    for (const [id, revision, count, at] of saved as [string, number, number, number][]) {
      recent.#byId.set(id, { revision, count, at });
    }
    return recent;
  }
}
