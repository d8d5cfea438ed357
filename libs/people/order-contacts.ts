import { isDeepStrictEqual } from 'node:util';
import type { Pool } from '#platform';

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

/** The shipping information of orders. It is erased with the user. */
export class OrderContacts {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Written before the order is. What the first attempt wrote stays, because the order may be recorded already: another
   * address is not taken.
   */
  async record(orderId: string, userId: string, info: ShippingInfo): Promise<'recorded' | 'user-erased' | 'other'> {
    const { recipientName, recipientPhone, city, district, address, postalCode } = info;
    const { rows } = await this.#pool.query<{ recorded: boolean }>({
      name: 'record-order-contact',
      text: `with owner as (select id from users where id = $1 for key share), recorded as (
          insert into order_contacts (user_id, ${columns}) select id, $2, $3, $4, $5, $6, $7, $8 from owner
          on conflict (order_id) do nothing returning order_id
        ) select exists (select from recorded) as recorded from owner`,
      values: [userId, orderId, recipientName, recipientPhone, city, district, address, postalCode],
    });
    const [owner] = rows;
    if (owner === undefined) return 'user-erased';
    if (owner.recorded) return 'recorded';
    return isDeepStrictEqual(await this.find(orderId), { ...info }) ? 'recorded' : 'other';
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
