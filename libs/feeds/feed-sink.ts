import type { EventStore, Position, RecordedEvent } from '#event-store';
import type { Pool, Redis } from '#platform';
import { CheckpointMoved, type ParkedStream, type Sink } from '#projections';
import { FeedRecord } from './feed-record.ts';
import { FeedStream, type Entry } from './feed-stream.ts';
import { feed } from './feed.ts';
import type { LateStream } from './late-streams.ts';
import type { PublicEvent } from './public-event.ts';
import { toldEvents } from './told-events.ts';
import { WaitingStreams } from './waiting-streams.ts';

export interface FeedSinkOptions {
  readonly redis: Redis;
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'readStream'>;
  readonly tell: (recorded: RecordedEvent) => readonly PublicEvent[];
  /** The entries that are kept at least. */
  readonly entriesMax: number;
}

const latePageEvents = 200;
/** The mark of a late stream that was told whole; before, it is the last revision that was told. */
const lateEnd = 'end';

/**
 * Writes public events to a Redis Stream, with the checkpoint beside it: each write is one script, which compares the
 * checkpoint first. If Redis loses both, the feed is written again from where it started, with the same ids.
 */
export class FeedSink implements Sink {
  readonly name = feed.name;
  readonly projection = feed;
  readonly #options: FeedSinkOptions;
  readonly #stream: FeedStream;
  readonly #record: FeedRecord;
  readonly #waiting: WaitingStreams;

  constructor(options: FeedSinkOptions) {
    this.#options = options;
    this.#stream = new FeedStream(options.redis, options.entriesMax);
    this.#record = new FeedRecord(options.pool);
    this.#waiting = new WaitingStreams(options.pool, this.#record);
  }

  get parked(): number {
    return this.#waiting.parked.length;
  }

  /** First PostgreSQL, then Redis, then what waits: nobody else can have changed one of them after it was read. */
  async open(): Promise<Position | undefined> {
    await this.#stream.open(await this.#record.open());
    await this.#waiting.read();
    return this.#stream.checkpoint;
  }

  async apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<boolean> {
    if (this.#stream.checkpoint !== from) throw new CheckpointMoved(`the feed was not at ${from ?? 'its start'}`);
    let isTold = await this.#tellLate();
    let rest = events;
    for (const { toldAt } of this.#waiting.late.filter((late) => late.toldAt > (from ?? '') && late.toldAt < to)) {
      const before = rest.filter(({ position }) => position <= toldAt);
      isTold = (await this.#tell(before, toldAt)) || isTold;
      isTold = (await this.#tellLate()) || isTold;
      rest = rest.slice(before.length);
    }
    return (await this.#tell(rest, to)) || isTold;
  }

  async tend(): Promise<void> {
    const keptAfter = await this.#stream.check();
    if (keptAfter !== undefined) await this.#record.startAfter(keptAfter);
    await this.#waiting.read();
    for (const parked of this.#waiting.parked) if (parked.action !== null) await this.#takeUp(parked);
    await this.#tellLate();
  }

  /** What cannot be told is parked before the page is written, because the checkpoint is after it then. */
  async #tell(events: readonly RecordedEvent[], to: Position): Promise<boolean> {
    const { parts, poison } = toldEvents(events, this.#options.tell, this.#waiting.isLeftOut);
    await this.#waiting.parkNew(poison);
    for (const { entries, last } of parts.slice(0, -1)) await this.#stream.append(entries, last.position);
    await this.#stream.append(parts.at(-1)?.entries ?? [], to);
    return parts.length > 0;
  }

  /** Decides where in the feed a parked stream goes on: here. */
  async #takeUp(parked: ParkedStream): Promise<void> {
    const { checkpoint } = this.#stream;
    if (checkpoint === undefined) return;
    const from = parked.action === 'skip' ? parked.revision + 1 : parked.revision;
    const first = await this.#options.store.readStream(parked.stream, { from, limit: 1 });
    const { poison } = toldEvents(first, this.#options.tell);
    if (poison.length > 0) return this.#waiting.park(poison);
    await this.#waiting.tellAt(checkpoint, parked, from);
  }

  /** Tells the late streams whose place has come. Redis is asked each time, since it may have gone back. */
  async #tellLate(): Promise<boolean> {
    const { checkpoint = '' } = this.#stream;
    const passed = this.#waiting.late.filter(({ toldAt }) => toldAt <= checkpoint);
    const marks = await this.#stream.toldLate(passed);
    const due = passed.flatMap((late, index) => (marks[index] === lateEnd ? [] : [{ late, upTo: marks[index] ?? '' }]));
    for (const { late, upTo } of due) await this.#tellLateStream(late, upTo);
    return due.length > 0;
  }

  /** If it was interrupted, it goes on after what it has told. */
  async #tellLateStream(late: LateStream, upTo: string): Promise<void> {
    const isLeftOut = (recorded: RecordedEvent): boolean =>
      recorded.position > late.toldAt || this.#waiting.waitsLonger(recorded, late);
    let told = upTo;
    let from = told === '' ? late.toldFrom : Number(told) + 1;
    const append = async (entries: readonly Entry[], to: string): Promise<void> => {
      await this.#stream.appendLate(entries, late, { from: told, to });
      told = to;
    };
    for (let isEnd = false; !isEnd; from += latePageEvents) {
      const page = await this.#options.store.readStream(late.stream, { from, limit: latePageEvents });
      const { parts, poison } = toldEvents(page, this.#options.tell, isLeftOut);
      for (const { entries, last } of parts) await append(entries, String(last.revision));
      if (poison.length > 0) await this.#waiting.park(poison);
      isEnd = poison.length > 0 || page.length < latePageEvents;
    }
    await append([], lateEnd);
  }
}
