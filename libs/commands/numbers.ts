import { LRUCache } from 'lru-cache';
import { StatementGroups, type Migration, type Pool } from '#platform';
import { Overloaded } from './errors.ts';

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
  // The main inventory is number 1.
  { name: 'commands-9-inventory-numbers', sql: 'create sequence numbers_inventory start 2' },
  { name: 'commands-10-lend-numbers', sql: 'create sequence numbers_lend' },
  {
    name: 'commands-12-request-numbers',
    sql: 'create sequence numbers_request; create sequence numbers_acceptance',
  },
  { name: 'commands-13-provide-numbers', sql: 'create sequence numbers_provide' },
  { name: 'commands-14-transfer-numbers', sql: 'create sequence numbers_transfer' },
];

interface Wanted {
  readonly kind: string;
  readonly commandId: string;
  readonly target: string;
}

const defaultRememberedMax = 10_000;

/**
 * Sequential numbers, assigned before the append so that an event can contain its number. A retry gets the same number;
 * the number of a rejected command stays unused. Each kind has a sequence, `numbers_<kind>`, made by a migration.
 */
export class Numbers {
  readonly #pool: Pool;
  /** A number never changes its meaning. */
  readonly #targets: LRUCache<string, string>;
  readonly #assigning = new StatementGroups<Wanted, number | undefined>({
    rejection: Overloaded,
    name: ({ kind, commandId, target }) => `${kind} ${commandId} ${target}`,
    run: (wanted) => this.#assignAll(wanted),
  });

  constructor(pool: Pool, rememberedMax = defaultRememberedMax) {
    this.#pool = pool;
    this.#targets = new LRUCache({ max: rememberedMax });
  }

  async assign(kind: string, commandId: string, target: string): Promise<number> {
    const number = await this.#assigning.run({ kind, commandId, target });
    // A concurrent attempt of the command committed its row while this statement ran: the next one sees it.
    if (number === undefined) return this.assign(kind, commandId, target);
    this.#targets.set(nameOf(kind, number), target);
    return number;
  }

  /** Whether an earlier attempt of the command got this number. */
  async isAssigned(kind: string, commandId: string, target: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `select from numbers where kind = $1 and command_id = $2 and target || '' = $3`,
      [kind, commandId, target],
    );
    return rowCount === 1;
  }

  /** In the order in which they are asked for. */
  async #assignAll(wanted: readonly Wanted[]): Promise<readonly (number | undefined)[]> {
    const { rows } = await this.#pool.query<{ place: number; number: number }>(
      `with wanted as (
         select * from unnest($1::text[], $2::uuid[], $3::text[]) with ordinality
           as wanted (kind, command_id, target, place)
       ), known as (
         -- An expression of the target, so that the index by targets is not used: a stock has a row for each of its lends.
         select place, numbers.number from wanted join numbers
           on numbers.kind = wanted.kind and numbers.command_id = wanted.command_id
             and numbers.target || '' = wanted.target
       ), made as (
         insert into numbers (kind, number, command_id, target)
         select kind, nextval('numbers_' || kind), command_id, target
         from (select * from wanted where place not in (select place from known) order by place) as unknown
         on conflict do nothing returning kind, command_id, target, number
       )
       select place, number from known
       union all select place, number from wanted join made using (kind, command_id, target)`,
      [wanted.map(({ kind }) => kind), wanted.map(({ commandId }) => commandId), wanted.map(({ target }) => target)],
    );
    const numbers = new Map(rows.map(({ place, number }) => [place, number]));
    return wanted.map((_, index) => numbers.get(index + 1));
  }

  /** Which of these ids have a number: one that has none was never recorded. */
  async targetsAmong(kind: string, targets: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.#pool.query<{ target: string }>(
      'select target from numbers where kind = $1 and target = any($2)',
      [kind, targets],
    );
    return new Set(rows.map(({ target }) => target));
  }

  /** The id that a number stands for; an unused number has no events either. */
  async targetOf(kind: string, number: number): Promise<string | undefined> {
    const name = nameOf(kind, number);
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
  async passOver(kind: string, number: number): Promise<void> {
    await this.#pool.query(
      `with turn as materialized (select pg_advisory_xact_lock(hashtext('numbers_' || $1)))
       select setval('numbers_' || $1, $2) from turn, pg_sequences
       where sequencename = 'numbers_' || $1 and coalesce(last_value, 0) < $2`,
      [kind, number],
    );
  }
}

function nameOf(kind: string, number: number): string {
  return `${kind} ${number}`;
}
