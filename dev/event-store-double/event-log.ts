import { checkWrite, type Expected, type Verdict } from './check-write.ts';
import type { KnownStreams, LogRecord, ProposedEvent } from './records.ts';

export type { LogRecord, ProposedEvent } from './records.ts';

export type WriteResult = Exclude<Verdict, { verdict: 'write' }> | { verdict: 'written'; last: LogRecord | undefined };

const recordOverheadBytes = 128;
// What a soft delete writes: everything before the maximum revision is hidden.
const allOfIt = Number.MAX_SAFE_INTEGER;

/** The transaction log of the double, in memory instead of on disk. */
export class EventLog implements KnownStreams {
  readonly #records: LogRecord[] = [];
  readonly #streams = new Map<string, LogRecord[]>();
  readonly #tombstones = new Set<string>();
  readonly #followers = new Set<(records: readonly LogRecord[]) => void>();
  #end = 0n;

  /** A new log begins with records of the server’s own, as on a real server. */
  constructor() {
    this.writeSystemRecords(4);
  }

  get records(): readonly LogRecord[] {
    return this.#records;
  }

  /** Position of the next record. */
  get end(): bigint {
    return this.#end;
  }

  /** Index of the first record at or after a position. */
  indexAt(position: bigint): number {
    let [low, high] = [0, this.#records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#records[middle] as LogRecord).position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  stream(name: string): readonly LogRecord[] {
    return this.#streams.get(name) ?? [];
  }

  isTombstoned(stream: string): boolean {
    return this.#tombstones.has(stream);
  }

  /** The first readable revision; beyond the end for a soft-deleted stream. */
  firstRevision(stream: string): number {
    const metadata = this.stream(`$$${stream}`).at(-1);
    if (metadata === undefined) return 0;
    const { $tb } = JSON.parse(Buffer.from(metadata.data).toString()) as { $tb?: number };
    return $tb ?? 0;
  }

  isDeleted(stream: string): boolean {
    return this.firstRevision(stream) === allOfIt;
  }

  write(stream: string, expected: Expected, events: readonly ProposedEvent[]): WriteResult {
    const verdict = checkWrite(this, stream, expected, events);
    if (verdict.verdict !== 'write') return verdict;
    if (this.isDeleted(stream) && events.length > 0) this.#setFirstRevision(stream, this.stream(stream).length);
    this.#append(stream, events);
    return { verdict: 'written', last: this.stream(stream).at(-1) };
  }

  delete(stream: string, expected: Expected): WriteResult {
    if (this.stream(stream).length === 0 || this.isDeleted(stream))
      return { verdict: 'wrong-version', actual: undefined };
    const verdict = checkWrite(this, stream, expected, []);
    if (verdict.verdict !== 'write') return verdict;
    return { verdict: 'written', last: this.#setFirstRevision(stream, allOfIt) };
  }

  tombstone(stream: string, expected: Expected): WriteResult {
    const verdict = checkWrite(this, stream, expected, []);
    if (verdict.verdict !== 'write') return verdict;
    this.#append(stream, [systemEvent('$streamDeleted', {})]);
    this.#tombstones.add(stream);
    return { verdict: 'written', last: this.stream(stream).at(-1) };
  }

  writeSystemRecords(count: number): void {
    for (let index = 0; index < count; index++) this.#append('$$$scavenges', [systemEvent('$metadata', {})]);
  }

  /** Simulates a restore from an older backup: removes the last records. */
  loseLast(count: number): void {
    for (const { stream, position } of this.#records.splice(-count).toReversed()) {
      this.#streams.get(stream)?.pop();
      this.#end = position;
    }
  }

  follow(follower: (records: readonly LogRecord[]) => void): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  #setFirstRevision(stream: string, revision: number): LogRecord | undefined {
    this.#append(`$$${stream}`, [systemEvent('$metadata', { $tb: revision })]);
    return this.#records.at(-1);
  }

  #append(stream: string, events: readonly ProposedEvent[]): void {
    const own = this.#streams.get(stream) ?? [];
    if (events.length > 0) this.#streams.set(stream, own);
    const createdMs = Date.now();
    const appended = events.map((event): LogRecord => {
      const record = { ...event, stream, revision: own.length, position: this.#end, createdMs };
      this.#end += BigInt(recordOverheadBytes + stream.length + event.data.length + event.metadata.length);
      own.push(record);
      this.#records.push(record);
      return record;
    });
    for (const follower of this.#followers) follower(appended);
  }
}

function systemEvent(type: string, data: object): ProposedEvent {
  const bytes = Buffer.from(JSON.stringify(data));
  return { id: crypto.randomUUID(), type, contentType: 'application/json', data: bytes, metadata: Buffer.alloc(0) };
}
