import type { Position, RecordedEvent } from '#event-store';
import type { Pool } from '#platform';
import { assertCanPark, park, parkedStreams, unpark, type ParkedStream, type PoisonEvent } from '#projections';
import type { FeedRecord } from './feed-record.ts';
import { feed } from './feed.ts';
import { addLateStream, isToldLate, lateStreams, type LateStream } from './late-streams.ts';

/** The streams of the feed that are parked, and those that were, whose events are told late. */
export class WaitingStreams {
  readonly #pool: Pool;
  readonly #record: FeedRecord;
  #parked = new Map<string, ParkedStream>();
  #late: readonly LateStream[] = [];

  constructor(pool: Pool, record: FeedRecord) {
    this.#pool = pool;
    this.#record = record;
  }

  get parked(): readonly ParkedStream[] {
    return [...this.#parked.values()];
  }

  /** In the order in which they are told. */
  get late(): readonly LateStream[] {
    return this.#late;
  }

  async read(): Promise<void> {
    const [parked, late] = await Promise.all([parkedStreams(this.#pool, feed), lateStreams(this.#pool)]);
    // Last, because it proves that nobody else has changed them meanwhile.
    await this.#record.assertOpen();
    this.#parked = new Map(parked.map((each) => [each.stream, each]));
    this.#late = late;
  }

  /** Whether an event is not told where it was recorded. */
  readonly isLeftOut = (recorded: RecordedEvent): boolean =>
    this.#isParked(recorded) || this.#late.some((late) => isToldLate(recorded, late));

  /** Whether an event of a late stream is not told with it, because the stream was parked again before it. */
  waitsLonger(recorded: RecordedEvent, { revision }: LateStream): boolean {
    return (
      this.#isParked(recorded) || this.#late.some((late) => late.revision > revision && isToldLate(recorded, late))
    );
  }

  /** Too many stop the feed. */
  async parkNew(poison: readonly PoisonEvent[]): Promise<void> {
    assertCanPark(this.#parked.size, poison);
    if (poison.length > 0) await this.park(poison);
  }

  async park(poison: readonly PoisonEvent[]): Promise<void> {
    await this.#record.change(async (client) => {
      for (const event of poison) await park(client, feed, event);
    });
    await this.read();
  }

  /** The stream waits no longer: what waited is told after the position. */
  async tellAt(toldAt: Position, { stream, revision }: ParkedStream, toldFrom: number): Promise<void> {
    await this.#record.change(async (client) => {
      await addLateStream(client, { stream, revision, toldFrom, toldAt });
      await unpark(client, feed, stream);
    });
    await this.read();
  }

  #isParked({ stream, revision }: RecordedEvent): boolean {
    const parked = this.#parked.get(stream);
    return parked !== undefined && revision >= parked.revision;
  }
}
