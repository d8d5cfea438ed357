const plainLineEveryMs = 2000;
const barWidth = 30;

export interface ProgressShown {
  /** How much is done, in the unit of the target. */
  readonly done: number;
  /** The target, if it was not known at the start. */
  readonly of?: number;
  readonly count: number;
  /** What is counted. */
  readonly unit: string;
}

/** Progress of what takes long: a bar on a terminal, an occasional line elsewhere. */
export class Progress {
  readonly #name: string;
  readonly #target: number | undefined;
  readonly #startedAt = performance.now();
  #shownAt = 0;

  /** Without a target, only the count is shown. */
  constructor(name: string, target: number | undefined) {
    this.#name = name;
    this.#target = target;
  }

  show({ done, of = this.#target, count, unit }: ProgressShown): void {
    const now = performance.now();
    const terminal = process.stderr.isTTY;
    if (!terminal && now - this.#shownAt < plainLineEveryMs) return;
    this.#shownAt = now;
    const seconds = (now - this.#startedAt) / 1000;
    const share = of === undefined ? undefined : of === 0 ? 1 : Math.min(done / of, 1);
    const left = share === undefined || share === 0 ? '?' : `${Math.ceil((seconds / share) * (1 - share))} s`;
    const numbers = `${count} ${unit}, ${Math.round(count / seconds)}/s, ${left} left`;
    const shown = share ?? 0;
    if (terminal) process.stderr.write(`\r\u001B[K${this.#name} ${bar(shown)} ${numbers}`);
    else process.stderr.write(`${this.#name} ${Math.floor(shown * 100)}% ${numbers}\n`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  }
}

function bar(done: number): string {
  const full = Math.round(done * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
}
