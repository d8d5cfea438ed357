import { Listener } from '#platform';
import { Bell } from '../bell.ts';
import { appendedChannel } from './migrations.ts';

/** LISTENs for appends, from the first subscription on. */
export class Doorbell {
  readonly #bell: Bell;
  #listener: Listener | undefined;

  constructor(url: string) {
    this.#bell = new Bell(async () => {
      this.#listener ??= new Listener({
        url,
        name: 'holdfast-doorbell',
        channels: [appendedChannel],
        hear: () => this.#bell.ring(),
        catchUp: async () => this.#bell.hung(),
      });
    });
  }

  onRing(ring: () => void): () => void {
    return this.#bell.onRing(ring);
  }

  async close(): Promise<void> {
    this.#bell.close();
    await this.#listener?.close();
  }
}
