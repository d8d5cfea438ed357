import { randomUUID } from 'node:crypto';
import { StatementGroups, transaction, type Migration, type Pool, type PoolClient } from '#platform';
import { Overloaded } from './errors.ts';

export const purchaseReservationMigrations: readonly Migration[] = [
  {
    name: 'commands-15-purchase-reservations',
    sql: `
      create table purchase_reservations (
        stock text collate "C" not null,
        customer_id text collate "C" not null,
        source_id text collate "C" not null,
        source text not null,
        command_id uuid,
        quantity bigint not null,
        given_back bigint not null default 0,
        attempt uuid not null,
        record_by bigint not null,
        is_recorded boolean not null default false,
        compared_from bigint not null,
        primary key (stock, customer_id, source_id)
      )`,
  },
];

/** Whose purchases are limited, and of which stock. */
export interface BuyerOf {
  /** The name of its stream. */
  readonly stock: string;
  readonly customerId: string;
}

/** What a limit counts: a purchase, a hold that is confirmed, or what an order takes from the stock. */
export interface CountedSource {
  readonly source: 'purchase' | 'hold' | 'order';
  readonly sourceId: string;
  readonly quantity: number;
  /** For a source whose id is new at each attempt: an attempt of the same command has the id of the first. */
  readonly commandId: string | null;
}

export interface PurchaseReservation extends BuyerOf, CountedSource {
  readonly attempt: string;
  /** Whether no earlier attempt may still record it. */
  readonly isFirst: boolean;
  /** The last time at which it may be recorded, in milliseconds since 1970. */
  readonly recordBy: number;
}

/** All times are in milliseconds since 1970. */
export interface ReservedSource extends CountedSource {
  readonly givenBack: number;
  readonly recordBy: number;
  /** Whether the stream is known to have it. */
  readonly isRecorded: boolean;
  /** What the stream says of it up to this time is in the row. */
  readonly comparedFrom: number;
}

/** What the stream says of a source. */
export interface ComparedSource {
  readonly sourceId: string;
  readonly quantity: number;
  readonly givenBack: number;
  readonly comparedFrom: number;
}

interface Asked {
  readonly buyer: BuyerOf;
  readonly wanted: CountedSource;
  readonly purchaseLimit: number;
}

type Place = Omit<PurchaseReservation, 'isFirst' | 'recordBy'>;

/** Each has a lock until its group is written. */
const buyersAtOnceMax = 200;
/** Longer than a request may take, so that an attempt in progress keeps its place. */
const defaultReservedMs = 10_000;
/** More than the clocks of two machines differ. */
const clocksDifferMsMax = 60_000;

/**
 * What customers take that their stock does not count itself, each in a row before it is recorded. A row may be of what
 * was given back by now or was never recorded. So rows allow a purchase by themselves; before one is rejected because of
 * them, they are compared with the stream.
 */
export class PurchaseReservations {
  readonly #pool: Pool;
  readonly #reservedMs: number;
  readonly #reserving = new StatementGroups<Asked, PurchaseReservation | number>({
    rejection: Overloaded,
    // What a buyer has reserved before is seen by the next transaction.
    name: ({ buyer }) => nameOf(buyer),
    groupMax: buyersAtOnceMax,
    run: (asked) => this.#reserveAll(asked),
  });
  readonly #noting = new StatementGroups<PurchaseReservation, void>({
    rejection: Overloaded,
    run: (places) => this.#noteAllRecorded(places),
  });

  constructor(pool: Pool, reservedMs = defaultReservedMs) {
    this.#pool = pool;
    this.#reservedMs = reservedMs;
  }

  /** The number of units that the customer has already, when the limit would be exceeded. */
  reserve(buyer: BuyerOf, wanted: CountedSource, purchaseLimit: number): Promise<PurchaseReservation | number> {
    return this.#reserving.run({ buyer, wanted, purchaseLimit });
  }

  #reserveAll(asked: readonly Asked[]): Promise<readonly (PurchaseReservation | number)[]> {
    const buyers = asked.map(({ buyer }) => buyer);
    return transaction(this.#pool, async (client) => {
      // In a statement of its own: what others have reserved until now is seen only by the next one.
      await client.query({
        name: 'lock-buyers',
        text: `select pg_advisory_xact_lock(key) from (
            select distinct hashtextextended('purchases ' || stock || ' ' || customer_id, 0) as key
            from unnest($1::text[], $2::text[]) as wanted (stock, customer_id) order by key
          ) as keys`,
        values: columnsOf(buyers),
      });
      const rows = Map.groupBy(await rowsOf(client, buyers), nameOf);
      const decided = asked.map(({ buyer, wanted, purchaseLimit }) =>
        decide(rows.get(nameOf(buyer)) ?? [], wanted, purchaseLimit),
      );
      const accepted = decided.flatMap((place, index) =>
        typeof place === 'number' ? [] : [{ ...(buyers[index] as BuyerOf), ...place, attempt: randomUUID() }],
      );
      const written = (await this.#insert(client, accepted)).values();
      return decided.map((place) =>
        typeof place === 'number' ? place : (written.next().value as PurchaseReservation),
      );
    });
  }

  async #insert(client: PoolClient, places: readonly Place[]): Promise<readonly PurchaseReservation[]> {
    if (places.length === 0) return [];
    const { rows } = await client.query<{ attempt: string; record_by: number; is_first: boolean }>({
      name: 'reserve-purchases',
      text: `insert into purchase_reservations as kept
          (stock, customer_id, source_id, source, command_id, quantity, attempt, record_by, compared_from)
        select wanted.*, now.ms + $8, now.ms - $9
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::bigint[], $7::uuid[]) as wanted,
          (select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms) as now
        on conflict (stock, customer_id, source_id) do update set quantity = excluded.quantity,
          attempt = excluded.attempt, record_by = greatest(kept.record_by, excluded.record_by)
        returning attempt, record_by, xmax = 0 as is_first`,
      values: [
        ...columnsOf(places),
        places.map(({ sourceId }) => sourceId),
        places.map(({ source }) => source),
        places.map(({ commandId }) => commandId),
        places.map(({ quantity }) => quantity),
        places.map(({ attempt }) => attempt),
        this.#reservedMs,
        clocksDifferMsMax,
      ],
    });
    const written = new Map(rows.map((row) => [row.attempt, row]));
    return places.map((place) => {
      const { record_by: recordBy = 0, is_first: isFirst = false } = written.get(place.attempt) ?? {};
      return { ...place, isFirst, recordBy };
    });
  }

  of(buyer: BuyerOf): Promise<readonly ReservedSource[]> {
    return rowsOf(this.#pool, [buyer]);
  }

  /** The attempt was rejected, and no other one has begun before or since. */
  async withdraw({ stock, customerId, sourceId, attempt, isFirst }: PurchaseReservation): Promise<void> {
    if (!isFirst) return;
    await this.#pool.query(
      'delete from purchase_reservations where stock = $1 and customer_id = $2 and source_id = $3 and attempt = $4',
      [stock, customerId, sourceId, attempt],
    );
  }

  /** Spares looking for it in the stream. */
  noteRecorded(place: PurchaseReservation): Promise<void> {
    return this.#noting.run(place);
  }

  async #noteAllRecorded(places: readonly PurchaseReservation[]): Promise<readonly void[]> {
    await this.#pool.query({
      name: 'note-recorded-purchases',
      text: `update purchase_reservations as kept set is_recorded = true
        from unnest($1::text[], $2::text[], $3::text[]) as recorded (stock, customer_id, source_id)
        where kept.stock = recorded.stock and kept.customer_id = recorded.customer_id
          and kept.source_id = recorded.source_id`,
      values: [...columnsOf(places), places.map(({ sourceId }) => sourceId)],
    });
    return places.map(() => undefined);
  }

  /** The row of a source of which all is given back is deleted. Without a row, it is counted by the stock, or not at all. */
  async noteGivenBack({ stock, customerId }: BuyerOf, sourceId: string, returnedQuantity: number): Promise<void> {
    await this.#pool.query(
      `with noted as (
         update purchase_reservations set given_back = greatest(given_back, $4)
         where stock = $1 and customer_id = $2 and source_id = $3 and quantity > $4)
       delete from purchase_reservations
       where stock = $1 and customer_id = $2 and source_id = $3 and quantity <= $4`,
      [stock, customerId, sourceId, returnedQuantity],
    );
  }

  /** The stream has it. */
  async compared({ stock, customerId }: BuyerOf, compared: ComparedSource): Promise<void> {
    const { sourceId, quantity, givenBack, comparedFrom } = compared;
    await this.#pool.query(
      `update purchase_reservations set is_recorded = true, quantity = $4, given_back = greatest(given_back, $5),
         compared_from = greatest(compared_from, $6)
       where stock = $1 and customer_id = $2 and source_id = $3`,
      [stock, customerId, sourceId, quantity, givenBack, comparedFrom],
    );
  }

  /** Frees the places of what is released or given back. */
  async freeEnded({ stock, customerId }: BuyerOf, sourceIds: readonly string[]): Promise<void> {
    await this.#pool.query(
      'delete from purchase_reservations where stock = $1 and customer_id = $2 and source_id = any($3)',
      [stock, customerId, sourceIds],
    );
  }

  /** Frees the places of what the stream did not have at this time, unless an attempt may still record it. */
  async freeUnrecorded({ stock, customerId }: BuyerOf, sourceIds: readonly string[], at: number): Promise<void> {
    await this.#pool.query(
      `delete from purchase_reservations
       where stock = $1 and customer_id = $2 and source_id = any($3) and record_by < $4 and not is_recorded`,
      [stock, customerId, sourceIds, at],
    );
  }
}

interface Row {
  readonly stock: string;
  readonly customer_id: string;
  readonly source: CountedSource['source'];
  readonly source_id: string;
  readonly command_id: string | null;
  readonly quantity: number;
  readonly given_back: number;
  readonly record_by: number;
  readonly is_recorded: boolean;
  readonly compared_from: number;
}

async function rowsOf(
  client: Pick<PoolClient, 'query'>,
  buyers: readonly BuyerOf[],
): Promise<readonly (BuyerOf & ReservedSource)[]> {
  const { rows } = await client.query<Row>({
    name: 'purchase-reservations-of',
    text: `select stock, customer_id, source, source_id, command_id, quantity, given_back, record_by, is_recorded,
        compared_from
      from unnest($1::text[], $2::text[]) as buyers (stock, customer_id)
      join purchase_reservations using (stock, customer_id) order by source_id`,
    values: columnsOf(buyers),
  });
  return rows.map((row) => ({
    stock: row.stock,
    customerId: row.customer_id,
    source: row.source,
    sourceId: row.source_id,
    commandId: row.command_id,
    quantity: row.quantity,
    givenBack: row.given_back,
    recordBy: row.record_by,
    isRecorded: row.is_recorded,
    comparedFrom: row.compared_from,
  }));
}

/** What is to be written; a number of units that the customer has already, when the limit would be exceeded. */
function decide(rows: readonly ReservedSource[], wanted: CountedSource, purchaseLimit: number): CountedSource | number {
  const { commandId } = wanted;
  const own =
    rows.find((row) => commandId !== null && row.commandId === commandId) ??
    rows.find((row) => row.sourceId === wanted.sourceId);
  const others = rows.reduce((sum, row) => sum + (row === own ? 0 : row.quantity - row.givenBack), 0);
  // An earlier attempt may still record what it wanted.
  const quantity = Math.max(wanted.quantity, own?.quantity ?? 0);
  if (others + quantity > purchaseLimit) return others;
  return { ...wanted, sourceId: own?.sourceId ?? wanted.sourceId, quantity };
}

function columnsOf(buyers: readonly BuyerOf[]): [stocks: string[], customerIds: string[]] {
  return [buyers.map(({ stock }) => stock), buyers.map(({ customerId }) => customerId)];
}

function nameOf({ stock, customerId }: BuyerOf): string {
  return `${stock} ${customerId}`;
}
