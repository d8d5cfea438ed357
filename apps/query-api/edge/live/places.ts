import { problem } from '#http';
import type { Owner } from './live-stream.ts';

export interface StreamLimits {
  readonly streamsMax: number;
  readonly perCallerMax: number;
  readonly perAddressMax: number;
}

export interface Opener {
  readonly kind: 'caller' | 'address';
  readonly name: string;
  readonly owner: Owner | undefined;
}

const retryAfterSeconds = 5;

/** Limits how many streams are open, in all and of each caller or address. */
export class Places {
  readonly #limits: StreamLimits;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  /** Throws when there is none; returns how to give it back, which may be called again. */
  take({ kind, name }: Pick<Opener, 'kind' | 'name'>): () => void {
    const { streamsMax, perCallerMax, perAddressMax } = this.#limits;
    const max = kind === 'caller' ? perCallerMax : perAddressMax;
    const key = `${kind} ${name}`;
    const before = this.#taken.get(key) ?? 0;
    if (max > 0 && before >= max) throw problem('TOO_MANY_STREAMS', { streamsMax: max, retryAfterSeconds });
    if (this.#all >= streamsMax) throw problem('OVERLOADED');
    this.#all += 1;
    this.#taken.set(key, before + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#all -= 1;
      const left = (this.#taken.get(key) ?? 0) - 1;
      if (left > 0) this.#taken.set(key, left);
      else this.#taken.delete(key);
    };
  }
}
