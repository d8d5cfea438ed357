import { Listener } from '#platform';
import { changesChannel, readNotice, type ChangeNotice } from './change-notices.ts';

export interface ChangeFollower {
  /** Which rows changed. */
  hear(notice: ChangeNotice): void;
  /** Anything may have changed: notifications were interrupted. */
  hearAgain(): void;
}

/** The connection is kept for so long, because whoever left may come again at once. */
const lingerMs = 5000;

/** Receives which rows of followed projections changed, on one connection per process, as long as somebody follows. */
export class ChangeWatch {
  readonly #url: string;
  readonly #follower: ChangeFollower;
  #listener: Listener | undefined;
  #listening = Promise.withResolvers<void>();
  #leaving: NodeJS.Timeout | undefined;

  constructor(url: string, follower: ChangeFollower) {
    this.#url = url;
    this.#follower = follower;
  }

  get isOpen(): boolean {
    return this.#listener !== undefined;
  }

  /** Resolves once every later change will be heard. */
  open(): Promise<void> {
    clearTimeout(this.#leaving);
    this.#listener ??= new Listener({
      url: this.#url,
      name: 'holdfast-changes',
      channels: [changesChannel],
      hear: (_channel, payload) => this.#follower.hear(readNotice(payload)),
      catchUp: async () => {
        this.#listening.resolve();
        this.#follower.hearAgain();
      },
      onLoss: () => {
        // Whoever waits already goes on waiting, for the next connection.
        const waiting = this.#listening;
        this.#listening = Promise.withResolvers();
        void this.#listening.promise.then(waiting.resolve);
      },
    });
    return this.#listening.promise;
  }

  /** Nobody follows any more, for now. */
  leave(): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => void this.close(), lingerMs).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#leaving);
    const listener = this.#listener;
    this.#listener = undefined;
    this.#listening = Promise.withResolvers();
    await listener?.close();
  }
}
