import type { RunReport } from './projection-runs.ts';

const everyMsDefault = 500;

/** Writes the progress of a run at most twice a second. */
export class RunProgress {
  readonly #write: (report: RunReport) => Promise<void>;
  readonly #everyMs: number;
  #latest: RunReport;
  #writtenAt = -Infinity;
  #writing: Promise<void> | undefined;

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
    if (this.#writing !== undefined || performance.now() - this.#writtenAt < this.#everyMs) return;
    this.#writtenAt = performance.now();
    // What could not be written is part of the next report.
    this.#writing = this.#write(report)
      .catch(() => undefined)
      .finally(() => (this.#writing = undefined));
  }

  /** Waits for the report that is being written. */
  async settle(): Promise<RunReport> {
    await this.#writing;
    return this.#latest;
  }
}
