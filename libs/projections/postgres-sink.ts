import type { Position, RecordedEvent } from '#event-store';
import { transaction, type Pool, type PoolClient } from '#platform';
import { rowsOf, type Projection } from './projection.ts';
import { CheckpointMoved, type Sink } from './sink.ts';
import { createTable, tableOf, upsertRows } from './tables.ts';

/** Says that a checkpoint moved, and where to: `<view> <position>`. */
export const checkpointChannel = 'holdfast_checkpoint';

const firstGeneration = 1;
// Any number will do, as long as nothing else in the database locks on it.
const creationLock = 7_046_029_256;

/** Rows and checkpoint in one transaction, the checkpoint by compare-and-set: two workers can never both advance it. */
export class PostgresSink implements Sink {
  readonly name: string;
  readonly #pool: Pool;
  readonly #projection: Projection;
  readonly #table: string;

  private constructor(pool: Pool, projection: Projection) {
    this.#pool = pool;
    this.#projection = projection;
    this.name = projection.name;
    this.#table = tableOf(projection, firstGeneration);
  }

  static async open(pool: Pool, projection: Projection): Promise<PostgresSink> {
    await transaction(pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [creationLock]);
      const { rowCount } = await client.query(
        `insert into projections (name, schema, generation) values ($1, $2, $3) on conflict do nothing`,
        [projection.name, projection.schema, firstGeneration],
      );
      if (rowCount === 1) await createTable(client, projection, firstGeneration);
    });
    return new PostgresSink(pool, projection);
  }

  async checkpoint(): Promise<Position | undefined> {
    const { rows } = await this.#pool.query<{ checkpoint: Position | null }>(
      `select checkpoint from projections where name = $1 and schema = $2 and generation = $3`,
      this.#identity,
    );
    return rows[0]?.checkpoint ?? undefined;
  }

  async apply(events: readonly RecordedEvent[], from: Position | undefined, to: Position): Promise<void> {
    const rows = rowsOf(this.#projection, events);
    await transaction(this.#pool, async (client) => {
      await this.#advance(client, from, to);
      await upsertRows(client, this.#table, this.#projection.table, rows);
    });
  }

  async #advance(client: PoolClient, from: Position | undefined, to: Position): Promise<void> {
    const { rowCount } = await client.query({
      name: 'advance-checkpoint',
      text: `update projections set checkpoint = $5, updated_at = now()
        where name = $1 and schema = $2 and generation = $3 and checkpoint is not distinct from $4`,
      values: [...this.#identity, from ?? null, to],
    });
    if (rowCount !== 1) throw new CheckpointMoved(`${this.name} was no longer at ${from ?? 'its start'}`);
    await client.query(`select pg_notify('${checkpointChannel}', $1)`, [
      `${this.name}_v${this.#projection.schema} ${to}`,
    ]);
  }

  get #identity(): [string, number, number] {
    return [this.#projection.name, this.#projection.schema, firstGeneration];
  }
}
