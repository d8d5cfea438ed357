import { allSettled } from './all-settled.ts';
import type { Service } from './service.ts';
import { say } from './terminal.ts';

/** Restarts services in rounds; requests during a round are combined into the next. */
export class Restarter {
  readonly #asked = new Set<Service>();
  #busy = false;

  ask(services: readonly Service[]): void {
    for (const service of services) this.#asked.add(service);
    if (!this.#busy) void this.#restart();
  }

  async #restart(): Promise<void> {
    this.#busy = true;
    for (let round = [...this.#asked]; round.length > 0; round = [...this.#asked]) {
      this.#asked.clear();
      try {
        await allSettled(round.map(async (service) => service.restart()));
        say(`Restarted ${round.map(({ name }) => name).join(', ')}.`);
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
    this.#busy = false;
  }
}
