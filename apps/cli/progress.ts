import type { Position } from '#event-store';
import type { RebuildProgress } from '#projections';

const plainLineEveryMs = 2000;
const barWidth = 30;

/** Progress of a rebuild: a bar on a terminal, an occasional line elsewhere. */
export class Progress {
  readonly #name: string;
  readonly #target: bigint;
  readonly #startedAt = performance.now();
  #shownAt = 0;

  constructor(name: string, head: Position | undefined) {
    this.#name = name;
    this.#target = ordinalOf(head);
  }

  show({ events, checkpoint }: RebuildProgress): void {
    const now = performance.now();
    const terminal = process.stderr.isTTY;
    if (!terminal && now - this.#shownAt < plainLineEveryMs) return;
    this.#shownAt = now;
    const seconds = (now - this.#startedAt) / 1000;
    const done = this.#target === 0n ? 1 : Math.min(Number(ordinalOf(checkpoint)) / Number(this.#target), 1);
    const left = done === 0 ? '?' : `${Math.ceil((seconds / done) * (1 - done))} s`;
    const numbers = `${events} events, ${Math.round(events / seconds)}/s, ${left} left`;
    if (terminal) process.stderr.write(`\r\u001B[K${this.#name} ${bar(done)} ${numbers}`);
    else process.stderr.write(`${this.#name} ${Math.floor(done * 100)}% ${numbers}\n`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  }
}

/** An estimate, good enough for a progress bar: positions grow with the number of events before them. */
function ordinalOf(position: Position | undefined): bigint {
  return BigInt(/@(\d+)/.exec(position ?? '')?.[1] ?? 0);
}

function bar(done: number): string {
  const full = Math.round(done * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
}
