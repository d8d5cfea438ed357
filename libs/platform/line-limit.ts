const windowMs = 60_000;
const linesMaxDefault = 10;

/** Limits log lines per kind and minute, so that callers cannot flood the log. */
export class LineLimit {
  readonly #linesMax: number;
  /** One entry per kind; kinds are fixed and few. */
  readonly #windows = new Map<string, { readonly endsAt: number; lines: number }>();

  constructor(linesMax = linesMaxDefault) {
    this.#linesMax = linesMax;
  }

  /** The level for a line of this kind; debug once the limit is reached. */
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
