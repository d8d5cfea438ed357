import { isDeepStrictEqual } from 'node:util';
import { StatementGroups, type Pool } from '#platform';
import { TooManyWaiting } from './passwords.ts';

/** Whom an order is sent to, and where: personal data, which is in no event. */
export interface ShippingInfo {
  readonly recipientName: string;
  readonly recipientPhone: string;
  readonly city: string;
  readonly district: string;
  readonly address: string;
  readonly postalCode: string;
}

interface Stored {
  readonly order_id: string;
  readonly recipient_name: string;
  readonly recipient_phone: string;
  readonly city: string;
  readonly district: string;
  readonly address: string;
  readonly postal_code: string;
}

const columns = 'order_id, recipient_name, recipient_phone, city, district, address, postal_code';
/** In the order of the columns. */
const fields = ['recipientName', 'recipientPhone', 'city', 'district', 'address', 'postalCode'] as const;

interface Wanted {
  readonly orderId: string;
  readonly userId: string;
  readonly info: ShippingInfo;
}

type Written = 'written' | 'user-erased' | 'there-before';

/** The shipping information of orders. It is erased with the user. */
export class OrderContacts {
  readonly #pool: Pool;
  readonly #writing = new StatementGroups<Wanted, Written>({
    name: ({ orderId }) => orderId,
    run: (wanted) => this.#writeAll(wanted),
    rejection: TooManyWaiting,
  });

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Written before the order is. What the first attempt wrote stays, because the order may be recorded already: another
   * address is not taken.
   */
  async record(orderId: string, userId: string, info: ShippingInfo): Promise<'recorded' | 'user-erased' | 'other'> {
    const written = await this.#writing.run({ orderId, userId, info });
    if (written !== 'there-before') return written === 'written' ? 'recorded' : written;
    return isDeepStrictEqual(await this.find(orderId), { ...info }) ? 'recorded' : 'other';
  }

  async #writeAll(wanted: readonly Wanted[]): Promise<readonly Written[]> {
    const { rows } = await this.#pool.query<{ place: number; written: Written }>({
      name: 'record-order-contacts',
      text: `with wanted as (
          select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
            with ordinality as wanted (user_id, ${columns}, place)
        ), owners as (
          select id from users where id = any($1) order by id for key share
        ), recorded as (
          insert into order_contacts (user_id, ${columns})
          select user_id, ${columns} from wanted join owners on owners.id = user_id
          on conflict (order_id) do nothing returning order_id
        )
        select place::int, case when recorded.order_id is not null then 'written'
          when owners.id is null then 'user-erased' else 'there-before' end as written
        from wanted left join owners on owners.id = user_id left join recorded using (order_id)`,
      values: [
        wanted.map(({ userId }) => userId),
        wanted.map(({ orderId }) => orderId),
        ...fields.map((field) => wanted.map(({ info }) => info[field])),
      ],
    });
    const outcomes = new Map(rows.map(({ place, written }) => [place, written]));
    return wanted.map((_, index) => outcomes.get(index + 1) ?? 'user-erased');
  }

  /** Undefined for an order that is not shipped, or whose customer was erased. */
  async find(orderId: string): Promise<ShippingInfo | undefined> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'order-contact',
      text: `select ${columns} from order_contacts where order_id = $1`,
      values: [orderId],
    });
    return rows[0] && infoOf(rows[0]);
  }
}

function infoOf(row: Stored): ShippingInfo {
  return {
    recipientName: row.recipient_name,
    recipientPhone: row.recipient_phone,
    city: row.city,
    district: row.district,
    address: row.address,
    postalCode: row.postal_code,
  };
}
