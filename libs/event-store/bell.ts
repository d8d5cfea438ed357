import { backOffMs } from '#platform';

const backOff = { firstMs: 20, mostMs: 1000 };

/**
 * The listeners for appends, and the reconnection of the subscription. Listeners are notified after each connection,
 * because notifications may have been missed.
 */
export class Bell {
  readonly #hang: () => Promise<void>;
  readonly #rings = new Set<{ ring: () => void }>();
  #state: 'down' | 'being hung' | 'hanging' | 'closed' = 'down';
  #rehang: NodeJS.Timeout | undefined;
  #losses = 0;

  /** `hang` resolves when the attempt has started; `hung` and `lost` report its result. */
  constructor(hang: () => Promise<void>) {
    this.#hang = hang;
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  onRing(ring: () => void): () => void {
    const rope = { ring };
    this.#rings.add(rope);
    if (this.#state === 'hanging') queueMicrotask(ring);
    else if (this.#state === 'down') this.#try();
    return () => void this.#rings.delete(rope);
  }

  hung(): void {
    if (this.isClosed) return;
    this.#state = 'hanging';
    this.#losses = 0;
    this.ring();
  }

  ring(): void {
    for (const { ring } of this.#rings) ring();
  }

  lost(): void {
    if (this.isClosed) return;
    this.#state = 'being hung';
    this.#losses += 1;
    clearTimeout(this.#rehang);
    this.#rehang = setTimeout(() => this.#try(), backOffMs(this.#losses, backOff)).unref();
  }

  close(): void {
    this.#state = 'closed';
    this.#rings.clear();
    clearTimeout(this.#rehang);
  }

  #try(): void {
    this.#state = 'being hung';
    this.#hang().catch(() => this.lost());
  }
}
