import type { Migration, Pool } from '#platform';

/** What is counted: each kind has a sequence of its own. */
export type NumberKind = 'item';

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
];

/**
 * Numbers for people, given out before the append, so that an event can carry its own. A retry gets the number that its
 * first try got; a number whose command was refused stays unused.
 */
export class Numbers {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async assign(kind: NumberKind, commandId: string, target: string): Promise<number> {
    const { rows } = await this.#pool.query<{ number: string }>(
      `with made as (
         insert into numbers (kind, number, command_id, target) values ($1, nextval('numbers_' || $1), $2, $3)
         on conflict (kind, command_id) do nothing returning number
       )
       select number from made union all select number from numbers where kind = $1 and command_id = $2`,
      [kind, commandId, target],
    );
    const row = rows[0];
    // A twin's row that was committed while this statement ran is seen by the next one.
    return row === undefined ? this.assign(kind, commandId, target) : Number(row.number);
  }

  /** What a number stands for; a number that was never used for anything has no events either. */
  async targetOf(kind: NumberKind, number: number): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ target: string }>(
      'select target from numbers where kind = $1 and number = $2',
      [kind, number],
    );
    return rows[0]?.target;
  }
}
