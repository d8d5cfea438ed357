import type { RunReport } from './projection-runs.ts';

const everyMsDefault = 500;

/** Writes the progress of a run at most twice a second, and always what was noted last. */
export class RunProgress {
  readonly #write: (report: RunReport) => Promise<void>;
  readonly #everyMs: number;
  #latest: RunReport;
  #writtenAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #isSettled = false;

  constructor(begin: RunReport, write: (report: RunReport) => Promise<void>, everyMs = everyMsDefault) {
    this.#latest = begin;
    this.#write = write;
    this.#everyMs = everyMs;
  }

  get latest(): RunReport {
    return this.#latest;
  }

  note(report: RunReport): void {
    this.#latest = report;
    this.#writeSoon();
  }

  /** Writes nothing more; waits for the report that is being written. */
  async settle(): Promise<RunReport> {
    this.#isSettled = true;
    clearTimeout(this.#timer);
    await this.#writing;
    return this.#latest;
  }

  #writeSoon(): void {
    if (this.#isSettled || this.#timer !== undefined || this.#writing !== undefined) return;
    const waitMs = Math.max(0, this.#writtenAt + this.#everyMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writeLatest();
    }, waitMs);
  }

  async #writeLatest(): Promise<void> {
    const report = this.#latest;
    this.#writtenAt = performance.now();
    const isWritten = await this.#write(report).then(
      () => true,
      () => false,
    );
    this.#writing = undefined;
    if (!isWritten || this.#latest !== report) this.#writeSoon();
  }
}
