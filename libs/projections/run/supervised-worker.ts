import type { Place, Watched } from './stall-watch.ts';
import type { Worker } from './worker.ts';

/** A worker that is replaced by a new one with a new sink if it hangs, without waiting for the old one. */
export class SupervisedWorker implements Watched {
  readonly name: string;
  readonly #make: () => Worker;
  #worker: Worker;
  #isStarted = false;

  constructor(make: () => Worker) {
    this.#make = make;
    this.#worker = make();
    this.name = this.#worker.name;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  get failing(): boolean {
    return this.#worker.failing;
  }

  get place(): Place | undefined {
    return this.#worker.place;
  }

  start(): void {
    this.#isStarted = true;
    this.#worker.start();
  }

  restart(because: Error): void {
    if (!this.#isStarted) return;
    this.#worker.abandon();
    this.#worker = this.#make();
    this.#worker.start(because);
  }

  async stop(): Promise<void> {
    if (this.#isStarted) await this.#worker.stop();
    this.#isStarted = false;
  }
}
