import { randomUUID } from 'node:crypto';
import type { Answer } from '#dev/testing';
import { startShop, type Shop } from './shop.ts';

const hour = 3_600_000;
const inTime = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('over HTTP alone,', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await startShop('PostgreSQL');
  });

  afterAll(() => shop.close());

  function send(method: string, path: string, token: string, body: unknown = {}): Promise<Answer> {
    return shop.send(method, `/api/v1${path}`, token, body, { key: randomUUID() });
  }

  function get(path: string, token: string, after: Answer): Promise<Answer> {
    return shop.get(`/api/v1${path}`, token, after);
  }

  it('a flash sale opens at its time, sells each customer no more than the limit, and takes back what is returned', async () => {
    const { staff, ann, bob } = shop;
    const window = { saleStartsAt: inTime(hour), saleEndsAt: inTime(2 * hour) };
    const product = { name: 'Console', price: 399, purchaseLimit: 2, returnDays: 14, ...window };
    const { id } = (await send('POST', '/products', staff, product)).body as { id: string };
    await send('POST', '/stock', staff, { product_id: id, stock: 5 });
    const buy = (token: string, quantity: number) => send('POST', `/items/${id}/purchase`, token, { quantity });
    expect(await buy(ann, 1)).toMatchObject({ status: 409, body: { code: 'NOT_ON_SALE', data: window } });

    await send('PATCH', `/products/${id}`, staff, { saleStartsAt: inTime(-hour) });
    const bought = await buy(ann, 2);
    expect(bought).toMatchObject({ status: 201, body: { quantity: 2, remaining: 3 } });
    expect(await buy(ann, 1)).toMatchObject({ status: 400, body: { code: 'LIMIT_PER_CUSTOMER' } });
    const rush = await Promise.all(Array.from({ length: 6 }, () => buy(bob, 1)));
    expect(rush.filter(({ status }) => status === 201)).toHaveLength(2);

    const { purchaseId } = bought.body as { purchaseId: string };
    const returned = await send('POST', `/purchases/${purchaseId}/return`, ann, {
      quantity: 1,
      reason: 'one is enough',
    });
    expect(returned).toMatchObject({ status: 200, body: { purchaseId, quantity: 2, returnedQuantity: 1 } });
    expect((await get(`/stock/${id}`, ann, returned)).body).toMatchObject({ stock: 2 });
    const own = await get('/purchases', ann, returned);
    expect(own.body.purchases).toMatchObject([{ purchaseId, itemName: 'Console', quantity: 2, returnedQuantity: 1 }]);
    const sold = await get(`/purchases?item=${id}`, staff, returned);
    expect(sold.body).toMatchObject({ total: 3, purchases: [{ quantity: 1 }, { quantity: 1 }, { purchaseId }] });

    const again = await buy(ann, 1);
    expect(again).toMatchObject({ status: 201, body: { remaining: 1 } });
    await send('PATCH', `/products/${id}`, staff, { saleEndsAt: inTime(-1000) });
    expect(await buy(await shop.user('late@example.com'), 1)).toMatchObject({ status: 409 });
  });

  it('a series of slots is opened, booked and cancelled, and staff see who comes', async () => {
    const { staff, ann, bob } = shop;
    const series = { title: 'Yoga', capacity: 2, from: '2099-03-02', count: 4, days: ['mon', 'tue'] };
    const times = { times: ['10:00', '17:30'], durationMinutes: 60, timeZone: 'Europe/Berlin' };
    const opened = await send('POST', '/slots/series', staff, { ...series, ...times });
    expect(opened.status).toBe(201);
    const day = '/slots?from=2099-03-02T00:00:00Z&to=2099-03-03T00:00:00Z';
    const slots = (await get(day, ann, opened)).body.slots as { id: number; startsAt: string; remaining: number }[];
    expect(slots).toMatchObject([
      { startsAt: '2099-03-02T09:00:00.000Z', remaining: 2, open: true },
      { startsAt: '2099-03-02T16:30:00.000Z', remaining: 2, open: true },
    ]);
    const atTen = slots[0]?.id ?? 0;
    const booked = async (token: string, quantity: number): Promise<string> => {
      const held = await send('POST', `/slots/${atTen}/hold`, token, { quantity });
      const confirmed = await send('POST', `/holds/${held.body.id}/confirm`, token);
      expect(confirmed).toMatchObject({ status: 200, body: { status: 'confirmed' } });
      return confirmed.body.id as string;
    };
    const ofAnn = await booked(ann, 2);
    expect(await send('POST', `/slots/${atTen}/hold`, bob)).toMatchObject({
      status: 400,
      body: { code: 'INSUFFICIENT_STOCK' },
    });

    expect(await send('POST', `/holds/${ofAnn}/return`, bob)).toMatchObject({ status: 404 });
    const cancelled = await send('POST', `/holds/${ofAnn}/return`, ann, { quantity: 1, reason: 'a friend is ill' });
    expect(cancelled).toMatchObject({ status: 200, body: { confirmedQuantity: 2, returnedQuantity: 1 } });
    const ofBob = await booked(bob, 1);
    const later = await send('POST', `/slots/${slots[1]?.id}/hold`, bob);
    const other = await send('POST', `/holds/${later.body.id}/confirm`, bob);

    expect((await get('/holds?status=confirmed', ann, other)).body.holds).toMatchObject([{ id: ofAnn }]);
    const coming = await get(`/holds?slot=${atTen}&status=confirmed`, staff, other);
    expect(coming.body).toMatchObject({
      total: 2,
      holds: [
        { id: ofBob, slot_id: atTen, confirmedQuantity: 1, returnedQuantity: 0 },
        { id: ofAnn, slot_id: atTen, confirmedQuantity: 2, returnedQuantity: 1 },
      ],
    });
    expect((await get(`${day}&free=true`, ann, other)).body.slots).toMatchObject([{ id: slots[1]?.id, remaining: 1 }]);
  });
});
