import type { Position } from '#event-store';
import { transaction, type Pool, type PoolClient } from '#platform';
import { anythingNotice, changesChannel } from './change-notices.ts';
import { checkpointChannel } from './channels.ts';
import type { Projection, ProjectionName } from '../define/projection.ts';
import { createTable, tableOf, viewOf } from '../define/tables.ts';

export type GenerationState = 'building' | 'live' | 'retired';

/** One table of the rows of a projection. Per schema, one generation is live; another may be in construction. */
export interface Generation {
  readonly number: number;
  readonly state: GenerationState;
  readonly checkpoint: Position | undefined;
  /** How often rows behind the checkpoint were repaired. */
  readonly repairs: number;
}

// An arbitrary number that no other advisory lock in the database uses.
const creationLock = 7_046_029_256;
const retiredKeptSeconds = 60;

export class Generations {
  readonly pool: Pool;
  readonly projection: Projection;

  constructor(pool: Pool, projection: Projection) {
    this.pool = pool;
    this.projection = projection;
  }

  async find(state: GenerationState, client: Pool | PoolClient = this.pool): Promise<Generation | undefined> {
    const { rows } = await client.query<{ generation: number; checkpoint: Position | null; repairs: number }>(
      `select generation, checkpoint, mends as repairs from projections where name = $1 and schema = $2 and state = $3
       order by generation desc limit 1`,
      [...this.#name, state],
    );
    const row = rows[0];
    return row && { number: row.generation, state, checkpoint: row.checkpoint ?? undefined, repairs: row.repairs };
  }

  /** The live generation; if there is none yet, the first one in construction. */
  async liveOrFirst(): Promise<Generation> {
    return (await this.find('live')) ?? (await this.find('building')) ?? (await this.create());
  }

  /** Creates a new, empty generation beside the existing ones. */
  async create(): Promise<Generation> {
    return transaction(this.pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [creationLock]);
      const building = await this.find('building', client);
      if (building !== undefined) return building;
      const { rows } = await client.query<{ generation: number }>(
        `insert into projections (name, schema, generation, state)
         select $1, $2, coalesce(max(generation), 0) + 1, 'building' from projections where name = $1 and schema = $2
         returning generation`,
        this.#name,
      );
      const number = rows[0]?.generation ?? 1;
      await createTable(client, tableOf(this.projection, number), this.projection.table);
      return { number, state: 'building', checkpoint: undefined, repairs: 0 };
    });
  }

  /** Makes a generation live; the previous one is kept for a while for queries in progress. */
  async goLive(client: PoolClient, number: number): Promise<void> {
    await client.query(
      `update projections set state = 'retired', retired_at = now() where name = $1 and schema = $2 and state = 'live'`,
      this.#name,
    );
    await client.query(`update projections set state = 'live' where name = $1 and schema = $2 and generation = $3`, [
      ...this.#name,
      number,
    ]);
    const view = viewOf(this.projection);
    await client.query(`create or replace view ${view} as select * from ${tableOf(this.projection, number)}`);
    await client.query(
      `select pg_notify('${checkpointChannel}', $4 || ' ' || checkpoint) from projections
       where name = $1 and schema = $2 and generation = $3 and checkpoint is not null`,
      [...this.#name, number, view],
    );
    await this.tellAnything(client);
  }

  /** Tells those who follow the projection that any rows may have changed, without a new position. */
  async tellAnything(client: PoolClient): Promise<void> {
    if (this.projection.followed !== true) return;
    await client.query('select pg_notify($1, $2)', [changesChannel, anythingNotice(this.projection)]);
  }

  async dropRetired(): Promise<void> {
    const { rows } = await this.pool.query<{ generation: number }>(
      `select generation from projections
       where name = $1 and schema = $2 and state = 'retired' and retired_at < now() - make_interval(secs => $3)`,
      [...this.#name, retiredKeptSeconds],
    );
    for (const { generation } of rows) await this.drop(generation);
  }

  async drop(number: number): Promise<void> {
    await transaction(this.pool, async (client) => {
      await client.query(`drop table if exists ${tableOf(this.projection, number)}`);
      await client.query('delete from projections where name = $1 and schema = $2 and generation = $3', [
        ...this.#name,
        number,
      ]);
    });
  }

  get #name(): [string, number] {
    return nameOf(this.projection);
  }
}

export function nameOf({ name, schema }: ProjectionName): [string, number] {
  return [name, schema];
}
