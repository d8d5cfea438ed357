import type { NewEvent } from '../event.ts';
import { sizeOf, type AppendResult, type ExpectedRevision } from '../event-store.ts';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

interface Waiting extends AppendRequest {
  readonly bytes: number;
  readonly settle: (result: AppendResult) => void;
  readonly fail: (error: unknown) => void;
}

/** Writes several appends, each to a stream of its own, in one call; answers in their order. */
export type WriteSet = (requests: readonly AppendRequest[]) => Promise<readonly AppendResult[]>;

export interface AppendQueueOptions {
  readonly write: WriteSet;
  readonly callsInFlightMax: number;
  readonly setBytesMax: number;
  readonly setRequestsMax: number;
  /** Whether a set that failed so is worth trying one by one: surely nothing of it was written. */
  readonly blamesOneRequest: (error: unknown) => boolean;
}

/** Appends of different streams that wait at the same time go down in one call, each with an outcome of its own. */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #busyStreams = new Set<string>();

  constructor(options: AppendQueueOptions) {
    this.#options = options;
  }

  append(request: AppendRequest): Promise<AppendResult> {
    const bytes = request.events.reduce((sum, event) => sum + sizeOf(event), 0);
    return new Promise((settle, fail) => {
      this.#waiting.push({ ...request, bytes, settle, fail });
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#inFlight < this.#options.callsInFlightMax) {
      const set = this.#takeSet();
      if (set.length === 0) return;
      this.#inFlight += 1;
      void this.#write(set).finally(() => {
        this.#inFlight -= 1;
        for (const { stream } of set) this.#busyStreams.delete(stream);
        this.#pump();
      });
    }
  }

  /** The oldest that wait, one for each stream and none for a stream that is being written: order within it stands. */
  #takeSet(): readonly Waiting[] {
    const set: Waiting[] = [];
    const left: Waiting[] = [];
    let bytes = 0;
    for (const waiting of this.#waiting) {
      const fits = set.length === 0 || bytes + waiting.bytes <= this.#options.setBytesMax;
      if (!fits || set.length >= this.#options.setRequestsMax || this.#busyStreams.has(waiting.stream)) {
        left.push(waiting);
        continue;
      }
      set.push(waiting);
      this.#busyStreams.add(waiting.stream);
      bytes += waiting.bytes;
    }
    this.#waiting = left;
    return set;
  }

  async #write(set: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#options.write(set);
      for (const [index, waiting] of set.entries()) waiting.settle(results[index] as AppendResult);
    } catch (error) {
      if (set.length > 1 && this.#options.blamesOneRequest(error)) {
        for (const waiting of set) await this.#write([waiting]);
      } else for (const waiting of set) waiting.fail(error);
    }
  }
}
