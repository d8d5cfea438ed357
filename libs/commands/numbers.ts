import { LRUCache } from 'lru-cache';
import type { Migration, Pool } from '#platform';

/** The kinds of numbers; each has its own sequence. */
export type NumberKind = 'item' | 'slot' | 'category';

export const numberMigrations: readonly Migration[] = [
  {
    name: 'commands-2-numbers',
    sql: `
      create sequence numbers_item;
      create table numbers (
        kind text not null,
        number bigint not null,
        command_id uuid not null,
        target text not null,
        primary key (kind, number),
        unique (kind, command_id)
      );
      create index numbers_target on numbers (kind, target);
    `,
  },
  { name: 'commands-3-slot-numbers', sql: 'create sequence numbers_slot' },
  {
    name: 'commands-4-a-number-for-each-target',
    sql: `
      alter table numbers drop constraint numbers_kind_command_id_key;
      alter table numbers add unique (kind, command_id, target);
    `,
  },
  { name: 'commands-5-category-numbers', sql: 'create sequence numbers_category' },
];

const rememberedMax = 10_000;

/**
 * Sequential numbers, assigned before the append so that an event can contain its number. A retry gets the same number;
 * the number of a rejected command stays unused.
 */
export class Numbers {
  readonly #pool: Pool;
  /** A number never changes its meaning. */
  readonly #targets = new LRUCache<string, string>({ max: rememberedMax });

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async assign(kind: NumberKind, commandId: string, target: string): Promise<number> {
    const { rows } = await this.#pool.query<{ number: number }>(
      `with made as (
         insert into numbers (kind, number, command_id, target) values ($1, nextval('numbers_' || $1), $2, $3)
         on conflict do nothing returning number
       )
       select number from made union all select number from numbers where kind = $1 and command_id = $2 and target = $3`,
      [kind, commandId, target],
    );
    const row = rows[0];
    // A concurrent attempt of the command committed its row while this statement ran: the next one sees it.
    return row === undefined ? this.assign(kind, commandId, target) : row.number;
  }

  /** The id that a number stands for; an unused number has no events either. */
  async targetOf(kind: NumberKind, number: number): Promise<string | undefined> {
    const name = `${kind} ${number}`;
    const known = this.#targets.get(name);
    if (known !== undefined) return known;
    const { rows } = await this.#pool.query<{ target: string }>(
      'select target from numbers where kind = $1 and number = $2',
      [kind, number],
    );
    const target = rows[0]?.target;
    if (target !== undefined) this.#targets.set(name, target);
    return target;
  }

  /** Reserves a number chosen by a caller; numbers assigned later are greater. */
  async passOver(kind: NumberKind, number: number): Promise<void> {
    await this.#pool.query(
      `with turn as materialized (select pg_advisory_xact_lock(hashtext('numbers_' || $1)))
       select setval('numbers_' || $1, $2) from turn, pg_sequences
       where sequencename = 'numbers_' || $1 and coalesce(last_value, 0) < $2`,
      [kind, number],
    );
  }
}
