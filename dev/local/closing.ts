export interface Closable {
  stop(): Promise<void>;
  kill(): void;
}

/** Started parts, to be stopped in reverse order. */
export class Closing {
  readonly #started: Closable[] = [];

  add(...together: readonly Closable[]): void {
    this.#started.push({
      stop: async () => {
        await Promise.all(together.map((each) => each.stop()));
      },
      kill: () => {
        for (const each of together) each.kill();
      },
    });
  }

  async stop(report: (line: string) => void): Promise<void> {
    for (let last = this.#started.at(-1); last !== undefined; last = this.#started.at(-1)) {
      await last.stop().catch((error: unknown) => report(String(error)));
      this.#started.pop();
    }
  }

  kill(): void {
    for (const each of this.#started) each.kill();
  }
}
