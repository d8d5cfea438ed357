import { slotStock, stockStream, type SlotId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { availabilityProjection } from '../availability/projection.ts';
import { countedMax, countedPageOf, pageOf, rowsToRead, type CountedPage, type Page, type Paging } from '../paging.ts';
import { slotsProjection, startOrLast, startOrLastBackwards } from './projection.ts';

export interface Slot {
  readonly slotId: SlotId;
  readonly title: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** Until when customers can give back what they booked; null for the start. */
  readonly cancelUntil: Date | null;
  readonly createdAt: Date;
}

/** Filters slots by time range and ids. */
export interface SlotFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly ids?: readonly number[] | undefined;
  /** Only slots that have not started. */
  readonly isUpcoming?: boolean | undefined;
}

export interface ListedSlotFilter extends SlotFilter {
  /** Only slots that can be booked now, or only those that cannot. */
  readonly isFree?: boolean | undefined;
}

export const slotSorts = ['startsAt', '-startsAt', 'id'] as const;
export type SlotSort = (typeof slotSorts)[number];

export type SlotPage<Row = Slot> = CountedPage<Row>;

interface Stored {
  readonly id: number;
  readonly title: string | null;
  readonly starts_at: Date | null;
  readonly ends_at: Date | null;
  readonly cancel_until: Date | null;
  readonly created_at: Date;
}

interface Order {
  /** When a slot starts, as the index of this order has it. */
  readonly start: string;
  readonly keys: readonly string[];
  readonly direction: 'asc' | 'desc';
}

const byStart = { start: startOrLast, keys: [startOrLast, 'id'], direction: 'asc' } as const;
const backwards = { start: startOrLastBackwards, keys: [startOrLastBackwards, 'id'], direction: 'desc' } as const;
export const byId = { start: startOrLast, keys: ['id'], direction: 'asc' } as const;
const orders: Record<SlotSort, Order> = { startsAt: byStart, '-startsAt': backwards, id: byId };

const columns = 'id, title, starts_at, ends_at, cancel_until, created_at';
const slots = viewOf(slotsProjection);

// A slot without a stock is not known yet: how many places it has is recorded after it, and projected on its own.
const [stockBefore = ''] = stockStream(slotStock(0)).split('0');
const listed = `${slots} join ${viewOf(availabilityProjection)} a on a.stock = '${stockBefore}' || id`;

export class SlotQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(slotId: SlotId): Promise<Slot | undefined> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'slot-by-id',
      text: `select ${columns} from ${slots} where id = $1`,
      values: [slotId],
    });
    return rows[0] && slotOf(rows[0]);
  }

  /** The ids of slots, in their order, whether their places are known or not. */
  async pageOfIds(filter: SlotFilter, paging: Paging): Promise<Page<number>> {
    const { conditions, values } = wantedOf(filter, byId);
    const after = 'after' in paging ? [`id > $${values.push(paging.after)}`] : [];
    const { limit, offset } = rowsToRead(paging);
    const { rows } = await this.#pool.query<Pick<Stored, 'id'>>(
      `select id from ${slots}
       where ${[...conditions, ...after].join(' and ')} order by id limit ${limit} offset ${offset}`,
      values,
    );
    const slotIds = rows.map(({ id }) => id);
    return pageOf(slotIds, paging, null);
  }

  /** The slots whose places are known. */
  async page(filter: ListedSlotFilter, sort: SlotSort, paging: Paging): Promise<SlotPage> {
    const order = orders[sort];
    const wanted = wantedOf(filter, order);
    const [rows, count] = await Promise.all([
      this.#read(wanted, order, paging),
      'page' in paging ? this.#countUpTo(wanted) : null,
    ]);
    return countedPageOf(rows.map(slotOf), paging, count);
  }

  async #read({ conditions, values }: Wanted, { keys, direction }: Order, paging: Paging): Promise<Stored[]> {
    const parameters = [...values];
    const after = 'after' in paging ? [goesOn(keys, direction, paging.after.split(' '), parameters)] : [];
    const { limit, offset } = rowsToRead(paging);
    const { rows } = await this.#pool.query<Stored>(
      `select ${columns} from ${listed} where ${[...conditions, ...after].join(' and ')}
       order by ${keys.map((key) => `${key} ${direction}`).join(', ')} limit ${limit} offset ${offset}`,
      parameters,
    );
    return rows;
  }

  async #countUpTo({ conditions, values }: Wanted): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `select count(*) from (select from ${listed} where ${conditions.join(' and ')} limit ${countedMax + 1}) counted`,
      [...values],
    );
    return rows[0]?.count ?? 0;
  }
}

/** After which a list in this order goes on: of a slot, the values of the keys. */
export function placeOfSlot({ slotId, startsAt }: Pick<Slot, 'slotId' | 'startsAt'>, sort: SlotSort): string {
  if (sort === 'id') return String(slotId);
  const last = sort === 'startsAt' ? 'Infinity' : '-Infinity';
  return `${startsAt?.getTime() ?? last} ${slotId}`;
}

function goesOn(
  keys: readonly string[],
  direction: 'asc' | 'desc',
  place: readonly string[],
  parameters: unknown[],
): string {
  const after = place.map((value, index) => {
    const parameter = `$${parameters.push(value)}`;
    return keys[index] === 'id' ? parameter : `to_timestamp(${parameter}::double precision / 1000)`;
  });
  return `(${keys.join(', ')}) ${direction === 'asc' ? '>' : '<'} (${after.join(', ')})`;
}

interface Wanted {
  readonly conditions: readonly string[];
  readonly values: unknown[];
}

function isOpen(now: string): string {
  return `${startOrLast} > ${now}`;
}

function canBeBooked(now: string): string {
  return `(a.available > 0 and ${isOpen(now)})`;
}

export function wantedOf({ from, to, ids, isUpcoming, isFree }: ListedSlotFilter, { start }: Order): Wanted {
  const values: unknown[] = [];
  const where = (value: unknown, condition: (parameter: string) => string): string[] =>
    value === undefined ? [] : [condition(`$${values.push(value)}`)];
  const hasStart = from === undefined && to === undefined ? [] : ['starts_at is not null'];
  const now = new Date();
  const conditions = [
    'true',
    ...hasStart,
    ...where(from, (parameter) => `${start} >= ${parameter}`),
    ...where(to, (parameter) => `${start} < ${parameter}`),
    ...where(ids, (parameter) => `id = any(${parameter})`),
    ...where(isUpcoming === true ? now : undefined, isOpen),
    ...where(isFree === true ? now : undefined, canBeBooked),
    ...where(isFree === false ? now : undefined, (parameter) => `not ${canBeBooked(parameter)}`),
  ];
  return { conditions, values };
}

function slotOf({ id, title, ...times }: Stored): Slot {
  const { starts_at: startsAt, ends_at: endsAt, cancel_until: cancelUntil, created_at: createdAt } = times;
  return { slotId: id, title, startsAt, endsAt, cancelUntil, createdAt };
}
