/**
 * Latencies of purchases that ended after the clock started; those of the last second are the slow ones and are
 * included.
 */
export interface Measured {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rejected: number;
  readonly errors: number;
  readonly errorKinds: Readonly<Record<string, number>>;
  /** While the clock was running. */
  readonly seconds: number;
  readonly bought: number;
  readonly cpuMicros: number;
  /** Including those before the clock started. */
  readonly boughtInAll: number;
}

export class Tally {
  readonly #latencies: number[] = [];
  readonly #errorKinds: Record<string, number> = {};
  #boughtInAll = 0;
  #rejected = 0;
  #errors = 0;
  #started: { readonly at: number; readonly cpu: NodeJS.CpuUsage } | undefined;
  #stopped: Pick<Measured, 'seconds' | 'bought' | 'cpuMicros'> | undefined;

  start(): void {
    this.#started = { at: performance.now(), cpu: process.cpuUsage() };
  }

  stop(): void {
    if (this.#started === undefined) throw new Error('the clock does not run');
    const seconds = (performance.now() - this.#started.at) / 1000;
    const { user, system } = process.cpuUsage(this.#started.cpu);
    this.#stopped = { seconds, cpuMicros: user + system, bought: this.#latencies.length };
  }

  bought(latencyMs: number): void {
    this.#boughtInAll += 1;
    if (this.#started !== undefined) this.#latencies.push(latencyMs);
  }

  rejected(): void {
    if (this.#started !== undefined) this.#rejected += 1;
  }

  failed(error: unknown): void {
    if (this.#started === undefined) return;
    this.#errors += 1;
    const kind = error instanceof Error ? error.message : String(error);
    this.#errorKinds[kind] = (this.#errorKinds[kind] ?? 0) + 1;
  }

  result(): Measured {
    if (this.#stopped === undefined) throw new Error('the clock has not run');
    const sorted = Float64Array.from(this.#latencies).toSorted();
    return {
      ...this.#stopped,
      p50Ms: quantile(sorted, 0.5),
      p99Ms: quantile(sorted, 0.99),
      rejected: this.#rejected,
      errors: this.#errors,
      errorKinds: this.#errorKinds,
      boughtInAll: this.#boughtInAll,
    };
  }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}
