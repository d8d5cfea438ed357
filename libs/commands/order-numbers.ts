import { StatementGroups, type Migration, type Pool } from '#platform';
import { Overloaded } from './errors.ts';

export const orderNumberMigrations: readonly Migration[] = [
  {
    name: 'commands-8-order-numbers',
    sql: `
      create table order_numbers (
        order_id text collate "C" primary key,
        day date not null,
        number bigint not null,
        unique (day, number)
      );
      create table order_number_days (day date primary key, last bigint not null);
    `,
  },
];

interface Wanted {
  readonly orderId: string;
  /** Year, month and day: `2026-01-31`. */
  readonly day: string;
}

const digitsMin = 4;

/**
 * Numbers of orders, counted from 1 each day: `ORD-20260131-0001`. An order has one number for ever, also when it is
 * asked for again on another day; the number of an order that is never submitted stays unused.
 */
export class OrderNumbers {
  readonly #pool: Pool;
  readonly #assigning = new StatementGroups<Wanted, string | undefined>({
    rejection: Overloaded,
    name: ({ orderId }) => orderId,
    run: (wanted) => this.#assignAll(wanted),
    // A second one would only wait for the row of the day.
    statementsAtOnceMax: 1,
  });

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async assign(orderId: string, day: string): Promise<string> {
    const number = await this.#assigning.run({ orderId, day });
    // A concurrent attempt for the same order committed its row while this statement ran: the next one sees it.
    return number ?? this.assign(orderId, day);
  }

  async #assignAll(wanted: readonly Wanted[]): Promise<readonly (string | undefined)[]> {
    const { rows } = await this.#pool.query<{ place: number; day: string; number: number }>({
      name: 'assign-order-numbers',
      text: `with wanted as (
          select * from unnest($1::text[], $2::date[]) with ordinality as wanted (order_id, day, place)
        ), known as (
          select place, numbers.day, numbers.number from wanted join order_numbers numbers using (order_id)
        ), fresh as (
          select order_id, day, row_number() over (partition by day order by place) as nth,
            count(*) over (partition by day) as count
          from wanted where place not in (select place from known)
        ), days as (
          insert into order_number_days as days (day, last)
          select distinct day, count from fresh order by day
          on conflict (day) do update set last = days.last + excluded.last
          returning day, last
        ), made as (
          insert into order_numbers (order_id, day, number)
          select order_id, day, last - count + nth from fresh join days using (day)
          on conflict (order_id) do nothing
          returning order_id, day, number
        )
        select place, day::text, number from known
        union all select place, made.day::text, made.number from wanted join made using (order_id)`,
      values: [wanted.map(({ orderId }) => orderId), wanted.map(({ day }) => day)],
    });
    const numbers = new Map(rows.map(({ place, day, number }) => [place, shown(day, number)]));
    return wanted.map((_, index) => numbers.get(index + 1));
  }
}

function shown(day: string, number: number): string {
  return `ORD-${day.replaceAll('-', '')}-${String(number).padStart(digitsMin, '0')}`;
}
