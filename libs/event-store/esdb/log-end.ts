import { isStoresOwn, type LogRecord } from './log-record.ts';
import { allRequest, type LogPosition } from './read-requests.ts';
import type { Reads } from './reads.ts';

const pageSizes = [1, 50, 500];

type Place = Pick<LogRecord, 'commit' | 'prepare'>;

/** Finds the last event that is not a system event, however many system events follow it. */
export class LogEnd {
  readonly #reads: Reads;
  #seen: { readonly tip: Place; readonly head: Place | undefined } | undefined;

  constructor(reads: Reads) {
    this.#reads = reads;
  }

  /** Reads backwards from the end to where the last search ended. */
  async find(): Promise<Place | undefined> {
    const seen = this.#seen;
    let tip: Place | undefined;
    let from: LogPosition | undefined;
    for (let round = 0; ; round++) {
      const records = await this.#reads.page(allRequest('backwards', from, pageSizes[round] ?? 500));
      const [first, last] = [records[0], records.at(-1)];
      tip ??= first;
      const head = records.find((record) => !isStoresOwn(record));
      if (head !== undefined || last === undefined || tip === undefined) return this.#remember(tip, head);
      const wentBackwards = seen !== undefined && tip.commit < seen.tip.commit;
      if (seen !== undefined && !wentBackwards && last.commit <= seen.tip.commit) return this.#remember(tip, seen.head);
      from = [last.commit, last.prepare];
    }
  }

  #remember(tip: Place | undefined, head: Place | undefined): Place | undefined {
    if (tip !== undefined) this.#seen = { tip, head };
    return head;
  }
}
