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

  /** What a client gets first, which knows what had the id; undefined if that is all. */
  abstract firstFor(lastId: string | undefined): Promise<Sent | undefined>;

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
