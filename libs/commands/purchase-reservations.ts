import { randomUUID } from 'node:crypto';
import { transaction, type Migration, type Pool, type PoolClient } from '#platform';

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

  constructor(pool: Pool, reservedMs = defaultReservedMs) {
    this.#pool = pool;
    this.#reservedMs = reservedMs;
  }

  /** The number of units that the customer has already, when the limit would be exceeded. */
  reserve(buyer: BuyerOf, wanted: CountedSource, purchaseLimit: number): Promise<PurchaseReservation | number> {
    return transaction(this.#pool, async (client) => {
      // In a statement of its own: what others have reserved until now is seen only by the next one.
      await client.query(`select pg_advisory_xact_lock(hashtextextended('purchases ' || $1 || ' ' || $2, 0))`, [
        buyer.stock,
        buyer.customerId,
      ]);
      const rows = await rowsOf(client, buyer);
      const { commandId } = wanted;
      const own =
        rows.find((row) => commandId !== null && row.commandId === commandId) ??
        rows.find((row) => row.sourceId === wanted.sourceId);
      const others = rows.reduce((sum, row) => sum + (row === own ? 0 : row.quantity - row.givenBack), 0);
      // An earlier attempt may still record what it wanted.
      const quantity = Math.max(wanted.quantity, own?.quantity ?? 0);
      if (others + quantity > purchaseLimit) return others;
      return this.#insert(client, buyer, { ...wanted, sourceId: own?.sourceId ?? wanted.sourceId, quantity });
    });
  }

  async #insert(client: PoolClient, buyer: BuyerOf, wanted: CountedSource): Promise<PurchaseReservation> {
    const attempt = randomUUID();
    const { stock, customerId } = buyer;
    const { source, sourceId, commandId, quantity } = wanted;
    const { rows } = await client.query<{ record_by: number; is_first: boolean }>(
      `insert into purchase_reservations as kept
         (stock, customer_id, source_id, source, command_id, quantity, attempt, record_by, compared_from)
       select $1, $2, $3, $4, $5, $6, $7, now.ms + $8, now.ms - $9
       from (select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms) as now
       on conflict (stock, customer_id, source_id) do update set quantity = excluded.quantity,
         attempt = excluded.attempt, record_by = greatest(kept.record_by, excluded.record_by)
       returning record_by, xmax = 0 as is_first`,
      [stock, customerId, sourceId, source, commandId, quantity, attempt, this.#reservedMs, clocksDifferMsMax],
    );
    const { record_by: recordBy = 0, is_first: isFirst = false } = rows[0] ?? {};
    return { ...buyer, ...wanted, attempt, isFirst, recordBy };
  }

  of(buyer: BuyerOf): Promise<readonly ReservedSource[]> {
    return rowsOf(this.#pool, buyer);
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
  async noteRecorded({ stock, customerId, sourceId }: PurchaseReservation): Promise<void> {
    await this.#pool.query(
      'update purchase_reservations set is_recorded = true where stock = $1 and customer_id = $2 and source_id = $3',
      [stock, customerId, sourceId],
    );
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
  { stock, customerId }: BuyerOf,
): Promise<readonly ReservedSource[]> {
  const { rows } = await client.query<Row>(
    `select source, source_id, command_id, quantity, given_back, record_by, is_recorded, compared_from
     from purchase_reservations where stock = $1 and customer_id = $2 order by source_id`,
    [stock, customerId],
  );
  return rows.map((row) => ({
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
