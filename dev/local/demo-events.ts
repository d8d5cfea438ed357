import { Api } from './api.ts';
import { lentId, soldOutId } from './demo-offers.ts';
import type { DemoSlot } from './demo-slots.ts';

interface People {
  readonly staff: Api;
  readonly customer: Api;
}

const overdueAfterMs = 3000;
const lastReference = 'demo-done';
const shippingInfo = {
  recipientName: '王小明',
  recipientPhone: '0912345678',
  city: '台北市',
  district: '信義區',
  address: '市府路1號',
  postalCode: '110',
};

/** What has happened in the shop. Each request has a key of its own, so what an interrupted run did is not repeated. */
export async function makeDemoEvents(people: People, slots: readonly DemoSlot[]): Promise<void> {
  await Promise.all([buyTheLast(people), bookSlots(people, slots)]);
  if (await isDone(people)) return;
  await Promise.all([lend(people), askForHelp(people), order(people)]);
  // As the last thing: it says that all of it is there.
  await placeOrder(people, 'demo-order-pending', { reference: lastReference });
}

async function isDone({ customer }: People): Promise<boolean> {
  const { total } = (await customer.read(`/orders?reference=${lastReference}`)) as { total: number };
  return total > 0;
}

async function buyTheLast({ customer }: People): Promise<void> {
  await customer.send(
    'POST',
    `/items/${soldOutId}/purchase`,
    { quantity: 3 },
    { key: 'demo-purchase', rejectedWith: [400] },
  );
}

/** One slot of the first day is full, and another nearly. */
async function bookSlots({ customer }: People, [full, nearly]: readonly DemoSlot[]): Promise<void> {
  const book = async ({ id }: DemoSlot, quantity: number): Promise<void> => {
    const held = await customer.send(
      'POST',
      `/slots/${id}/hold`,
      { quantity },
      { key: `demo-hold-${id}`, rejectedWith: [400, 409] },
    );
    if (typeof held['expiresAt'] === 'undefined') return;
    await customer.send(
      'POST',
      `/holds/${String(held['id'])}/confirm`,
      {},
      { key: `demo-booking-${id}`, rejectedWith: [409, 410] },
    );
  };
  if (full !== undefined) await book(full, full.capacity);
  if (nearly !== undefined) await book(nearly, nearly.capacity - 1);
}

/** Two lends, of which one is overdue a moment later. */
async function lend({ staff, customer }: People): Promise<void> {
  const shed = { name: '工具間 Tool shed', defaultLendSeconds: 7 * 86_400, renewalsMax: 2 };
  const { inventory_id: from } = await staff.send('POST', '/inventories', shed, { key: 'demo-inventory' });
  await staff.send('POST', '/provides', { item_id: lentId, qty: 5, inventory_id: from }, { key: 'demo-provide' });
  const wanted = { item_id: lentId, qty: 1, from_inventory_id: from };
  await customer.send('POST', '/lends', wanted, { key: 'demo-lend' });
  const due = new Date(Date.now() + overdueAfterMs).toISOString();
  await customer.send('POST', '/lends', { ...wanted, due_at: due });
}

async function askForHelp({ customer }: People): Promise<void> {
  const title = '園遊會 Street fair';
  const people = { type: 'Humanpower', qty: 5, title, place: '中山公園', when: '週六上午 Saturday morning' };
  const { request_id: request } = await customer.send('POST', '/requests', people, { key: 'demo-request' });
  await customer.send(
    'POST',
    '/request-accepters',
    { request_id: String(request), qty: 2 },
    { key: 'demo-acceptance' },
  );
}

/** An order in each state, but for the pending one. */
async function order(people: People): Promise<void> {
  const { staff, customer } = people;
  const paths = [['processing'], ['processing', 'shipped'], ['processing', 'shipped', 'completed']];
  for (const path of paths) {
    const name = `demo-order-${path.at(-1)}`;
    const id = await placeOrder(people, name);
    for (const status of path) {
      const tracking = status === 'shipped' ? { trackingNumber: 'TW-20260101-7' } : {};
      await staff.send('PATCH', `/orders/${id}/status`, { status, ...tracking }, { key: `${name}-${status}` });
    }
  }
  const cancelled = await placeOrder(people, 'demo-order-cancelled');
  await customer.send('POST', `/orders/${cancelled}/cancel`, {}, { key: 'demo-cancellation' });
  await placeOrder(people, 'demo-order-rejected', { items: [{ id: soldOutId, quantity: 1 }] });
}

async function placeOrder({ customer }: People, key: string, more: object = {}): Promise<string> {
  const items = [
    { id: 'prod_001', quantity: 1 },
    { id: 'prod_003', quantity: 2 },
  ];
  const body = { items, shippingInfo, paymentMethod: 'cod', ...more };
  const { id } = await customer.send('POST', '/orders', body, { key, rejectedWith: [400] });
  return String(id);
}
