import { OutcomeUnknown, StoreUnavailable, type AppendResult, type EventStore } from '#event-store';

export const faults = [
  /** The process is killed before the append is sent. */
  'killed before',
  /** The process is killed when the append is recorded, and before it knows. */
  'killed after',
  /** The append is not sent. */
  'unavailable',
  /** The append is lost on the way. */
  'append lost',
  /** The append is recorded, but its answer is lost. */
  'answer lost',
  /** The append is on its way until `release`, longer than the request waits. */
  'held up',
  /** The process stands still before the append is sent, until `release`, and then goes on. */
  'stopped',
  /** Another process writes the stream first. */
  'conflict',
] as const;
export type Fault = (typeof faults)[number];

/** The connection of one process to a store, with one fault in one of its appends. */
export class StoppingStore {
  readonly store: EventStore;
  readonly #inner: EventStore;
  readonly #late: Promise<unknown>[] = [];
  readonly #released = Promise.withResolvers<void>();
  readonly #stopped = Promise.withResolvers<void>();
  #appends = 0;
  #isDead = false;

  /** `at` counts from 1; `interfere` writes to the stream as another process would. */
  constructor(inner: EventStore, fault: Fault | undefined, at: number, interfere: (stream: string) => Promise<void>) {
    this.#inner = inner;
    const append: EventStore['append'] = async (...call) => {
      if (this.#isDead) return never();
      this.#appends += 1;
      if (this.#appends !== at || fault === undefined) return inner.append(...call);
      return this.#faulty(fault, call, interfere);
    };
    const alive = <Args extends unknown[], T>(read: (...args: Args) => Promise<T>) => {
      return (...args: Args): Promise<T> => (this.#isDead ? never() : read(...args));
    };
    this.store = {
      id: inner.id,
      appendBytesMax: inner.appendBytesMax,
      append,
      readStream: alive((...call) => inner.readStream(...call)),
      readAll: alive((...call) => inner.readAll(...call)),
      ...(inner.findEvents && { findEvents: alive(inner.findEvents.bind(inner)) }),
      countAfter: alive((...call) => inner.countAfter(...call)),
      head: alive(() => inner.head()),
      assertTakesAppends: alive(() => inner.assertTakesAppends()),
      onAppend: (ring) => inner.onAppend(ring),
      close: () => inner.close(),
    };
  }

  /** Resolves when the process is killed, or stands still. */
  get stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  /** Number of appends that the process has sent, or would have. */
  get appends(): number {
    return this.#appends;
  }

  /** What was held up arrives now. */
  async release(): Promise<void> {
    this.#released.resolve();
    await Promise.allSettled(this.#late);
  }

  async #faulty(
    fault: Fault,
    call: Parameters<EventStore['append']>,
    interfere: (stream: string) => Promise<void>,
  ): Promise<AppendResult> {
    switch (fault) {
      case 'killed before':
        return this.#die();
      case 'killed after':
        await this.#inner.append(...call);
        return this.#die();
      case 'unavailable':
        throw new StoreUnavailable('the store is away');
      case 'append lost':
        throw new OutcomeUnknown('the connection was lost');
      case 'answer lost':
        await this.#inner.append(...call);
        throw new OutcomeUnknown('the connection was lost');
      case 'stopped':
        this.#stopped.resolve();
        await this.#released.promise;
        return this.#inner.append(...call);
      case 'held up': {
        const late = this.#released.promise.then(() => this.#inner.append(...call));
        this.#late.push(late);
        return late;
      }
      case 'conflict':
        await interfere(call[0]);
        return this.#inner.append(...call);
    }
  }

  #die(): Promise<never> {
    this.#isDead = true;
    this.#stopped.resolve();
    return never();
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
