const windowMs = 60_000;
const linesMaxDefault = 10;

/** Keeps callers from filling the log: of what they can cause again and again, some lines a minute are enough. */
export class LineLimit {
  readonly #linesMax: number;
  /** As many as there are kinds, which are ours and few. */
  readonly #windows = new Map<string, { readonly endsAt: number; lines: number }>();

  constructor(linesMax = linesMaxDefault) {
    this.#linesMax = linesMax;
  }

  /** The level that a line of this kind is worth; debug once there were enough. */
  levelOf<Level extends 'warn' | 'error'>(kind: string, level: Level, now = performance.now()): Level | 'debug' {
    let window = this.#windows.get(kind);
    if (window === undefined || now >= window.endsAt) {
      window = { endsAt: now + windowMs, lines: 0 };
      this.#windows.set(kind, window);
    }
    window.lines += 1;
    return window.lines <= this.#linesMax ? level : 'debug';
  }
}
