import type { Service } from './service.ts';
import { say } from './terminal.ts';

/** Restarts services in rounds; requests during a round are combined into the next. */
export class Restarter {
  readonly #asked = new Set<Service>();
  readonly #report: (line: string) => void;
  #busy = false;

  constructor(report: (line: string) => void = say) {
    this.#report = report;
  }

  ask(services: readonly Service[]): void {
    for (const service of services) this.#asked.add(service);
    if (!this.#busy) void this.#restart();
  }

  async #restart(): Promise<void> {
    this.#busy = true;
    for (let round = [...this.#asked]; round.length > 0; round = [...this.#asked]) {
      this.#asked.clear();
      const results = await Promise.allSettled(round.map(async (service) => service.restart()));
      const running = round.filter((_, index) => results[index]?.status === 'fulfilled').map(({ name }) => name);
      const broken = round.filter((service) => !running.includes(service.name)).map(({ name }) => name);
      for (const result of results) if (result.status === 'rejected') this.#report(messageOf(result.reason));
      if (running.length > 0) this.#report(`Restarted ${running.join(', ')} with the new code.`);
      if (broken.length > 0) {
        this.#report(`NOT RUNNING: ${broken.join(', ')}, which did not start with the new code. Correct it and save.`);
      }
    }
    this.#busy = false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
