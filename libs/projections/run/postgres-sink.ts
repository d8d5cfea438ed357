import type { EventStore, Position, RecordedEvent } from '#event-store';
import { isOutage, rolledBack, transaction, type Pool, type PoolClient } from '#platform';
import { completeTable } from './complete-table.ts';
import { Generations, nameOf, type Generation } from './generations.ts';
import { assertCanPark, park, parkedStreams, unpark, type ParkedStream } from './parked-streams.ts';
import { PoisonEvent } from '../define/poison-event.ts';
import type { Projection } from '../define/projection.ts';
import { rowsOf, type PageRows } from '../define/rows.ts';
import { CheckpointMoved, type Sink } from './sink.ts';
import { tableOf, viewOf, writeRows } from '../define/tables.ts';
import { writePage, type PageWrite } from './write-page.ts';

const retryPageEvents = 200;

/**
 * Writes rows and checkpoint in one transaction, the checkpoint by compare-and-set, so that two workers cannot both
 * advance it.
 */
export class PostgresSink implements Sink {
  readonly name: string;
  readonly projection: Projection;
  readonly #pool: Pool;
  readonly #store: EventStore;
  readonly #generations: Generations;
  #generation: Generation | undefined;
  #parked = new Map<string, ParkedStream>();

  constructor(pool: Pool, store: EventStore, projection: Projection) {
    this.name = viewOf(projection);
    this.#pool = pool;
    this.#store = store;
    this.projection = projection;
    this.#generations = new Generations(pool, projection);
  }

  get parked(): number {
    return this.#parked.size;
  }

  async open(): Promise<Position | undefined> {
    this.#generation = await this.#generations.liveOrFirst();
    await this.#readParked();
    return this.#generation.checkpoint;
  }

  async apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<boolean> {
    const page = rowsOf(this.projection, events, this.#isParked);
    try {
      await this.#write(page, from, to);
      return page.rows.length > 0 || page.deleted.length > 0;
    } catch (error) {
      if (error instanceof CheckpointMoved || error instanceof PoisonEvent || isOutage(error)) throw error;
      const rejected = await this.#rejectedByPostgres(events);
      if (rejected.length === 0) throw error;
      await this.#write(rowsOf(this.projection, events, this.#isParked, [...page.poison, ...rejected]), from, to);
      return true;
    }
  }

  async tend(caughtUp: boolean): Promise<void> {
    const generation = this.#opened;
    if (caughtUp && generation.state === 'building') await this.#goLive(generation);
    await this.#readParked();
    for (const parked of this.#parked.values()) if (parked.action !== null) await this.#takeUp(parked);
    await this.#generations.dropRetired();
  }

  get #opened(): Generation {
    if (this.#generation === undefined) throw new Error(`${this.name} was not opened`);
    return this.#generation;
  }

  get #table(): string {
    return tableOf(this.projection, this.#opened.number);
  }

  readonly #isParked = (stream: string): boolean => this.#parked.has(stream);

  async #write({ rows, deleted, poison }: PageRows, from: Position | undefined, to: Position): Promise<void> {
    const [first] = poison;
    if (first !== undefined && this.#opened.state === 'building') throw first;
    assertCanPark(this.#parked.size, poison);
    const page = { generation: this.#opened, rows, deleted, from, to };
    if (poison.length === 0) return this.#advance(this.#pool, page);
    await transaction(this.#pool, async (client) => {
      for (const event of poison) await park(client, this.projection, event);
      await this.#advance(client, page);
    });
    await this.#readParked();
  }

  async #advance(client: Pool | PoolClient, page: PageWrite): Promise<void> {
    if (await writePage(client, this.projection, page)) return;
    throw new CheckpointMoved(`${this.name} was no longer at ${page.from ?? 'its start'}`);
  }

  /** Finds the events that PostgreSQL rejects: tries and rolls back halves of a page until they are isolated. */
  async #rejectedByPostgres(events: readonly RecordedEvent[]): Promise<PoisonEvent[]> {
    const rejection = await this.#trial(rowsOf(this.projection, events, this.#isParked));
    const [only] = events;
    if (rejection === undefined || only === undefined) return [];
    if (events.length === 1) return [new PoisonEvent(only, rejection)];
    const middle = Math.ceil(events.length / 2);
    const first = await this.#rejectedByPostgres(events.slice(0, middle));
    return [...first, ...(await this.#rejectedByPostgres(events.slice(middle)))];
  }

  async #trial(page: PageRows): Promise<unknown> {
    try {
      await rolledBack(this.#pool, (client) => writeRows(client, this.#table, this.projection.table, page));
      return undefined;
    } catch (error) {
      if (isOutage(error)) throw error;
      return error;
    }
  }

  async #goLive({ number }: Generation): Promise<void> {
    await completeTable(this.#pool, this.#table, this.projection.table);
    await transaction(this.#pool, (client) => this.#generations.goLive(client, number));
    throw new CheckpointMoved(`${this.name} is live now`);
  }

  async #readParked(): Promise<void> {
    const parked = await parkedStreams(this.#pool, this.projection);
    this.#parked = new Map(parked.map((each) => [each.stream, each]));
  }

  /** Applies a parked stream up to the checkpoint, starting with the failed event or the one after it. */
  async #takeUp({ stream, revision, action }: ParkedStream): Promise<void> {
    const checkpoint = (await this.#generations.find('live'))?.checkpoint;
    if (checkpoint === undefined) return;
    const from = action === 'skip' ? revision + 1 : revision;
    const [first] = await this.#store.readStream(stream, { from, limit: 1 });
    try {
      await transaction(this.#pool, async (client) => {
        const again = await this.#replayStream(client, stream, from, checkpoint);
        await this.#generations.tellAnything(client);
        // Also of a retry that fails again: the rows before its event have changed.
        await client.query(
          `update projections set mends = mends + 1 where name = $1 and schema = $2 and state = 'live'`,
          nameOf(this.projection),
        );
        if (again !== undefined) return park(client, this.projection, again);
        await unpark(client, this.projection, stream);
      });
    } catch (error) {
      if (isOutage(error) || first === undefined) throw error;
      const again = new PoisonEvent(first, error);
      await transaction(this.#pool, (client) => park(client, this.projection, again));
    }
    await this.#readParked();
  }

  /** Returns the event that could not be applied; those before it were applied. */
  async #replayStream(
    client: PoolClient,
    stream: string,
    first: number,
    upTo: Position,
  ): Promise<PoisonEvent | undefined> {
    for (let from = first; ; from += retryPageEvents) {
      const page = await this.#store.readStream(stream, { from, limit: retryPageEvents });
      const left = rowsOf(
        this.projection,
        page.filter(({ position }) => position <= upTo),
      );
      await writeRows(client, this.#table, this.projection.table, left);
      if (left.poison[0] !== undefined || page.length < retryPageEvents) return left.poison[0];
    }
  }
}
