import { labelsOf } from '#domain';
import type { CustomerId, ItemId, Labels, OrderId, OrderStatus, PaymentMethod } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import type { StoredLabels } from '../labels.ts';
import { orderLinesProjection } from '../order-lines/projection.ts';
import { pageOf, rowsToRead, type Page, type Paging } from '../paging.ts';
import { ordersProjection } from './projection.ts';

/** An order as lists show it. Times in milliseconds since 1970. */
export interface ListedOrder {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly orderNumber: string;
  readonly total: number;
  readonly status: OrderStatus;
  readonly submittedAt: number;
}

export interface OrderLineRow {
  readonly itemId: ItemId;
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
  readonly thumbnail: string | null;
}

export interface WholeOrder extends ListedOrder {
  readonly subtotal: number;
  readonly shipping: number;
  readonly discount: number;
  readonly paymentMethod: PaymentMethod | null;
  readonly trackingNumber: string | null;
  readonly updatedAt: number;
  readonly lines: readonly OrderLineRow[];
  readonly labels?: Labels | undefined;
}

/** Every condition that is given must hold. */
export interface OrderFilter {
  readonly customerId?: CustomerId | undefined;
  readonly status?: OrderStatus | undefined;
  readonly itemId?: ItemId | undefined;
  readonly orderNumber?: string | undefined;
  readonly reference?: string | undefined;
  /** Submitted at this time or later. */
  readonly from?: Date | undefined;
  /** Submitted before this time. */
  readonly to?: Date | undefined;
}

interface Stored {
  readonly order_id: string;
  readonly customer_id: string;
  readonly order_number: string;
  readonly total: number;
  readonly status: OrderStatus;
  readonly submitted_at: Date;
}

interface StoredWhole extends Stored, StoredLabels {
  readonly subtotal: number;
  readonly shipping: number;
  readonly discount: number;
  readonly payment_method: PaymentMethod | null;
  readonly tracking_number: string | null;
  readonly updated_at: Date;
  readonly lines: readonly OrderLineRow[];
}

const orders = viewOf(ordersProjection);
const lines = viewOf(orderLinesProjection);
const listed = 'order_id, customer_id, order_number, total, status, submitted_at';

export class OrderQueries {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The order with this number, such as ORD-20251201-0001. */
  async idOf(orderNumber: string): Promise<OrderId | undefined> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'order-id-by-number',
      text: `select order_id from ${orders} where order_number = $1 limit 1`,
      values: [orderNumber],
    });
    return rows[0]?.order_id;
  }

  async find(orderId: OrderId): Promise<WholeOrder | undefined> {
    const { rows } = await this.#pool.query<StoredWhole>({
      name: 'order-by-id',
      text: `select ${listed}, subtotal, shipping, discount, payment_method, tracking_number, updated_at,
          reference, metadata, (
          select coalesce(json_agg(json_build_object(
            'itemId', item_id, 'name', name, 'price', price, 'quantity', quantity, 'thumbnail', thumbnail
          ) order by line), '[]') from ${lines} where order_id = $1
        ) as lines from ${orders} where order_id = $1`,
      values: [orderId],
    });
    const [row] = rows;
    if (row === undefined) return undefined;
    return {
      ...listedOf(row),
      subtotal: row.subtotal,
      shipping: row.shipping,
      discount: row.discount,
      paymentMethod: row.payment_method,
      trackingNumber: row.tracking_number,
      updatedAt: row.updated_at.getTime(),
      lines: row.lines,
      labels: labelsOf(row),
    };
  }

  /** The newest first. Rejected orders are listed only when that status is asked for: they were answered with an error. */
  async page(filter: OrderFilter, paging: Paging): Promise<Page<ListedOrder>> {
    const { limit, offset } = rowsToRead(paging);
    const { where, values } = conditionsOf(filter);
    const [at, orderId] = 'after' in paging ? placeOf(paging.after) : [null, null];
    const place = values.length;
    const { rows } = await this.#pool.query<Stored>(
      `select ${listed} from ${orders} where ${where}
        and ($${place + 1}::timestamptz is null or (submitted_at, order_id) < ($${place + 1}, $${place + 2}::text))
        order by submitted_at desc, order_id desc limit $${place + 3} offset $${place + 4}`,
      [...values, at, orderId, limit, offset],
    );
    return pageOf(rows.map(listedOf), paging, 'page' in paging ? await this.#count(filter) : null);
  }

  async #count(filter: OrderFilter): Promise<number> {
    const { where, values } = conditionsOf(filter);
    const { rows } = await this.#pool.query<{ count: number }>(`select count(*) from ${orders} where ${where}`, values);
    return rows[0]?.count ?? 0;
  }
}

function conditionsOf(filter: OrderFilter): { readonly where: string; readonly values: unknown[] } {
  const { customerId, status, itemId, orderNumber, reference, from, to } = filter;
  const values: unknown[] = [];
  const conditions = [status === undefined ? `status <> 'rejected'` : 'true'];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(customerId, (parameter) => `customer_id = ${parameter}`);
  add(status, (parameter) => `status = ${parameter}`);
  add(itemId, (parameter) => `order_id in (select order_id from ${lines} where item_id = ${parameter})`);
  add(orderNumber, (parameter) => `order_number = ${parameter}`);
  add(reference, (parameter) => `reference = ${parameter}`);
  add(from, (parameter) => `submitted_at >= ${parameter}::timestamptz`);
  add(to, (parameter) => `submitted_at < ${parameter}::timestamptz`);
  return { where: conditions.join(' and '), values };
}

/** The key after which the next page starts. */
export function placeOfOrder({ submittedAt, orderId }: ListedOrder): string {
  return `${new Date(submittedAt).toISOString()} ${orderId}`;
}

function placeOf(after: string): [at: string, orderId: string] {
  const [at = '', orderId = ''] = after.split(' ', 2);
  return [at, orderId];
}

function listedOf(row: Stored): ListedOrder {
  return {
    orderId: row.order_id,
    customerId: row.customer_id,
    orderNumber: row.order_number,
    total: row.total,
    status: row.status,
    submittedAt: row.submitted_at.getTime(),
  };
}
