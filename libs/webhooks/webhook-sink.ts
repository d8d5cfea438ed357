import { comparePositions, storeOf, type EventStore, type Position, type RecordedEvent } from '#event-store';
import { transaction, type Pool, type PoolClient } from '#platform';
import { assertCanPark, CheckpointMoved, park, parkedStreams, PoisonEvent, unpark, viewOf } from '#projections';
import type { ParkedStream, ProjectionName, Sink } from '#projections';
import type { PublicEvent } from '#feeds';
import { writeDeliveries } from './write-deliveries.ts';

/** Named as projections are, so that its progress and its parked streams are shown beside theirs. */
export const webhooksFeed: ProjectionName = { name: 'webhooks', schema: 1 };

export type PublicEventsOf = (recorded: RecordedEvent) => readonly PublicEvent[];

interface Heard {
  readonly events: readonly PublicEvent[];
  readonly poison: readonly PoisonEvent[];
}

const retryPageEvents = 200;
const nothing: Heard = { events: [], poison: [] };

/** Writes a delivery for each public event and each endpoint that wants it, with the checkpoint in one transaction. */
export class WebhookSink implements Sink {
  readonly name = viewOf(webhooksFeed);
  readonly projection = webhooksFeed;
  readonly #pool: Pool;
  readonly #store: Pick<EventStore, 'id' | 'head' | 'readStream'>;
  readonly #publicEventsOf: PublicEventsOf;
  #parked = new Map<string, ParkedStream>();

  constructor(pool: Pool, store: Pick<EventStore, 'id' | 'head' | 'readStream'>, publicEventsOf: PublicEventsOf) {
    this.#pool = pool;
    this.#store = store;
    this.#publicEventsOf = publicEventsOf;
  }

  get parked(): number {
    return this.#parked.size;
  }

  /**
   * An installation without endpoints begins at the head: nobody wants its history. So does a store that went backwards
   * or was replaced, since its events cannot be told from those that were already delivered.
   */
  async open(): Promise<Position | undefined> {
    await this.#readParked();
    const head = await this.#store.head();
    await this.#pool.query(
      `insert into projections (name, schema, generation, state, checkpoint)
       select $1, $2, 1, 'live', case when exists (select from webhooks) then null else $3 end
       on conflict do nothing`,
      [...nameOf(webhooksFeed), head ?? null],
    );
    const checkpoint = await this.#checkpoint();
    if (checkpoint === undefined || !this.#isLost(checkpoint, head)) return checkpoint;
    await this.#advance(this.#pool, [], checkpoint, head);
    return head;
  }

  async apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<boolean> {
    const isParked = (stream: string): boolean => this.#parked.has(stream);
    const heard = (await this.#isWanted()) ? this.#heardOf(events, isParked) : nothing;
    assertCanPark(this.#parked.size, heard.poison);
    if (heard.poison.length === 0) await this.#advance(this.#pool, heard.events, from, to);
    else {
      await transaction(this.#pool, async (client) => {
        for (const each of heard.poison) await park(client, webhooksFeed, each);
        await this.#advance(client, heard.events, from, to);
      });
      await this.#readParked();
    }
    return heard.events.length > 0;
  }

  async tend(): Promise<void> {
    await this.#readParked();
    for (const parked of this.#parked.values()) if (parked.action !== null) await this.#takeUp(parked);
  }

  /** Read after the events: whoever was told of an endpoint before they were recorded is heard of here. */
  async #isWanted(): Promise<boolean> {
    const { rows } = await this.#pool.query<{ wanted: boolean }>(
      'select exists (select from webhooks where deleted_at is null) as wanted',
    );
    return rows[0]?.wanted === true;
  }

  /** An event that cannot be told is poison, and the later events of its stream are left out. */
  #heardOf(events: readonly RecordedEvent[], leftOut: (stream: string) => boolean = () => false): Heard {
    const heard: PublicEvent[] = [];
    const poison = new Map<string, PoisonEvent>();
    for (const recorded of events) {
      if (leftOut(recorded.stream) || poison.has(recorded.stream)) continue;
      try {
        heard.push(...this.#publicEventsOf(recorded));
      } catch (error) {
        poison.set(recorded.stream, new PoisonEvent(recorded, error));
      }
    }
    return { events: heard, poison: [...poison.values()] };
  }

  async #advance(
    client: Pool | PoolClient,
    events: readonly PublicEvent[],
    from: Position | undefined,
    to: Position | undefined,
  ): Promise<void> {
    if (await writeDeliveries(client, webhooksFeed, { events, from, to })) return;
    throw new CheckpointMoved(`${this.name} was no longer at ${from ?? 'its start'}`);
  }

  async #checkpoint(): Promise<Position | undefined> {
    const { rows } = await this.#pool.query<{ checkpoint: Position | null }>(
      `select checkpoint from projections where name = $1 and schema = $2 and state = 'live'`,
      nameOf(webhooksFeed),
    );
    return rows[0]?.checkpoint ?? undefined;
  }

  #isLost(checkpoint: Position, head: Position | undefined): boolean {
    if (storeOf(checkpoint) !== this.#store.id || head === undefined) return true;
    return comparePositions(checkpoint, head) > 0;
  }

  async #readParked(): Promise<void> {
    const parked = await parkedStreams(this.#pool, webhooksFeed);
    this.#parked = new Map(parked.map((each) => [each.stream, each]));
  }

  /** Delivers what a parked stream holds back, up to the checkpoint, from the failed event on or from the one after it. */
  async #takeUp({ stream, revision, action }: ParkedStream): Promise<void> {
    const checkpoint = await this.#checkpoint();
    if (checkpoint === undefined) return;
    await transaction(this.#pool, async (client) => {
      for (let from = action === 'skip' ? revision + 1 : revision; ; from += retryPageEvents) {
        const page = await this.#store.readStream(stream, { from, limit: retryPageEvents });
        const { events, poison } = this.#heardOf(page.filter(({ position }) => position <= checkpoint));
        await this.#advance(client, events, checkpoint, checkpoint);
        if (poison[0] !== undefined) return park(client, webhooksFeed, poison[0]);
        if (page.length < retryPageEvents) return unpark(client, webhooksFeed, stream);
      }
    });
    await this.#readParked();
  }
}

function nameOf({ name, schema }: ProjectionName): [string, number] {
  return [name, schema];
}
