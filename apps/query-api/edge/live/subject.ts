import type { LiveStream, Sent } from './live-stream.ts';

/** Runs a limited number of reads at once. */
export type InTurn = <T>(read: () => Promise<T>) => Promise<T>;

/** What streams follow: read once for all of them, and again when something of it changed. */
export abstract class Subject {
  readonly name: string;
  readonly followers = new Set<LiveStream>();
  /** When the change was heard that the next read is to find. */
  markedAt: number | undefined;
  readonly #inTurn: InTurn;
  #waiting: Promise<void> | undefined;
  #reading: Promise<void> | undefined;

  constructor(name: string, inTurn: InTurn) {
    this.name = name;
    this.#inTurn = inTurn;
  }

  /**
   * Calls `begin` with what a client gets first that has what the id names; with undefined if there is nothing new. What
   * comes after that is sent to followers.
   */
  abstract join(lastId: string | undefined, begin: (first: Sent | undefined) => void): Promise<void>;

  /** Reads, and sends what is new. */
  protected abstract read(): Promise<void>;

  /** Resolves when a read has ended that began after this call. One read at a time, so nothing goes back. */
  refresh(): Promise<void> {
    this.#waiting ??= this.#refresh();
    return this.#waiting;
  }

  send(batch: Sent): void {
    for (const stream of this.followers) stream.send(batch);
  }

  async #refresh(): Promise<void> {
    await this.#reading?.catch(() => undefined);
    return this.#inTurn(() => {
      this.#waiting = undefined;
      this.#reading = this.read();
      return this.#reading;
    });
  }
}
