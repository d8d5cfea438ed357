import { StoreUnavailable } from '../errors.ts';
import type { NewEvent } from '../event.ts';
import { sizeOf, type ExpectedRevision } from '../event-store.ts';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

interface Waiting<Outcome> extends AppendRequest {
  readonly bytes: number;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

export interface AppendQueueOptions<Outcome> {
  /** Writes several appends to different streams, all or none; returns the results in order. */
  readonly write: (requests: readonly AppendRequest[]) => Promise<readonly Outcome[]>;
  readonly callsInFlightMax: number;
  readonly setBytesMax: number;
  readonly setRequestsMax: number;
  readonly requestsWaitingMax: number;
  /** Whether a set that failed with this error can be retried one by one, because nothing of it was written. */
  readonly blamesOneRequest: (error: unknown) => boolean;
}

/** Appends to different streams that wait at the same time are sent in one call, each with its own outcome. */
export class AppendQueue<Outcome> {
  readonly #options: AppendQueueOptions<Outcome>;
  readonly #streamsInFlight = new Set<string>();
  #waiting: Waiting<Outcome>[] = [];
  #callsInFlight = 0;
  #pumping = false;

  constructor(options: AppendQueueOptions<Outcome>) {
    this.#options = options;
  }

  append(request: AppendRequest): Promise<Outcome> {
    const bytes = request.events.reduce((sum, event) => sum + sizeOf(event), 0);
    return new Promise((settle, fail) => {
      if (this.#waiting.length >= this.#options.requestsWaitingMax) {
        fail(new StoreUnavailable(`${this.#waiting.length} appends are already waiting`));
        return;
      }
      this.#waiting.push({ ...request, bytes, settle, fail });
      this.#pumpSoon();
    });
  }

  /** Waits for the rest of this turn of the event loop, so that the first append is not sent alone. */
  #pumpSoon(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#callsInFlight < this.#options.callsInFlightMax) {
      const set = this.#takeSet();
      if (set.length === 0) return;
      this.#callsInFlight += 1;
      void this.#write(set).finally(() => {
        this.#callsInFlight -= 1;
        for (const { stream } of set) this.#streamsInFlight.delete(stream);
        this.#pumpSoon();
      });
    }
  }

  /**
   * The oldest waiting appends, one per stream, skipping streams that are being written, to keep the order within a
   * stream.
   */
  #takeSet(): readonly Waiting<Outcome>[] {
    const { setBytesMax, setRequestsMax } = this.#options;
    const set: Waiting<Outcome>[] = [];
    const left: Waiting<Outcome>[] = [];
    const passedOver = new Set<string>();
    let bytes = 0;
    for (const waiting of this.#waiting) {
      const full = set.length >= setRequestsMax || (set.length > 0 && bytes + waiting.bytes > setBytesMax);
      if (full || this.#streamsInFlight.has(waiting.stream) || passedOver.has(waiting.stream)) {
        passedOver.add(waiting.stream);
        left.push(waiting);
        continue;
      }
      set.push(waiting);
      this.#streamsInFlight.add(waiting.stream);
      bytes += waiting.bytes;
    }
    this.#waiting = left;
    return set;
  }

  async #write(set: readonly Waiting<Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#options.write(set);
      for (const [index, waiting] of set.entries()) waiting.settle(outcomes[index] as Outcome);
    } catch (error) {
      if (set.length > 1 && this.#options.blamesOneRequest(error)) {
        for (const waiting of set) await this.#write([waiting]);
      } else for (const waiting of set) waiting.fail(error);
    }
  }
}
