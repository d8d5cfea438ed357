import { randomUUID } from 'node:crypto';
import { until, untilAnswered, type Answer } from '#dev/testing';
import { startShop, type Shop } from './shop.ts';

describe.each(['PostgreSQL', 'EventStoreDB'] as const)(
  'a line that is taken from a hold, with events in %s,',
  (kind) => {
    let shop: Shop;

    beforeAll(async () => {
      shop = await startShop(kind);
    });

    afterAll(() => shop.close());

    function statusOf(holdId: string, after: Answer): Promise<string> {
      return shop.get(`/holds/${holdId}`, shop.ann, after).then(({ body }) => body.status as string);
    }

    async function expectRejected(
      id: string,
      holdId: string,
      status: number,
      code: string,
      quantity = 1,
    ): Promise<void> {
      const answer = await shop.order([{ id, quantity, holdId }]);
      expect(answer).toMatchObject({ status, body: { code, data: { itemId: id, holdId } } });
    }

    it('uses up the hold, also of the last units', async () => {
      const id = await shop.item(3);
      const holdId = await shop.hold(id, 3);
      expect(await shop.order([{ id, quantity: 1 }], shop.bob)).toMatchObject({ body: { code: 'INSUFFICIENT_STOCK' } });
      const placed = await shop.order([{ id, quantity: 3, holdId }]);
      expect(placed).toMatchObject({ status: 201, body: { items: [{ id, quantity: 3 }], status: 'pending' } });
      expect(await statusOf(holdId, placed)).toBe('confirmed');
      expect(await shop.available(id, placed)).toBe(0);
      const cancelled = await shop.send('POST', `/orders/${placed.body.id}/cancel`, shop.ann);
      expect(await shop.available(id, cancelled)).toBe(3);
    });

    it('gives the rest of the hold back', async () => {
      const id = await shop.item(5);
      const holdId = await shop.hold(id, 4);
      const placed = await shop.order([{ id, quantity: 1, holdId }]);
      expect(placed.status).toBe(201);
      expect(await shop.available(id, placed)).toBe(4);
      expect(await statusOf(holdId, placed)).toBe('confirmed');
    });

    it('is rejected for more than the hold has', async () => {
      const id = await shop.item(9);
      const holdId = await shop.hold(id, 2);
      expect(await shop.order([{ id, quantity: 3, holdId }])).toMatchObject({
        status: 400,
        body: { code: 'INSUFFICIENT_STOCK', data: { itemId: id, available: 2, requested: 3 } },
      });
      const placed = await shop.order([
        { id, quantity: 2, holdId },
        { id, quantity: 7 },
      ]);
      expect(placed.status).toBe(201);
      expect(await shop.available(id, placed)).toBe(0);
    });

    it('shares the hold with another line of the order', async () => {
      const id = await shop.item(5);
      const holdId = await shop.hold(id, 4);
      const lines = (first: number, second: number) => [
        { id, quantity: first, holdId },
        { id, quantity: second, holdId },
      ];
      expect(await shop.order(lines(2, 3))).toMatchObject({
        status: 400,
        body: { code: 'INSUFFICIENT_STOCK', data: { available: 4, requested: 5 } },
      });
      const placed = await shop.order(lines(1, 2));
      expect(placed).toMatchObject({ status: 201, body: { items: [{ quantity: 1 }, { quantity: 2 }] } });
      expect(await shop.available(id, placed)).toBe(2);
    });

    it('can be of several holds, on the same item and on others', async () => {
      const [id, other] = [await shop.item(5), await shop.item(5)];
      const holds = [await shop.hold(id, 2), await shop.hold(id, 1), await shop.hold(other, 1)];
      const placed = await shop.order([
        { id, quantity: 2, holdId: holds[0] as string },
        { id, quantity: 1, holdId: holds[1] as string },
        { id: other, quantity: 1, holdId: holds[2] as string },
      ]);
      expect(placed.status).toBe(201);
      expect([await shop.available(id, placed), await shop.available(other, placed)]).toEqual([2, 4]);
      for (const holdId of holds) expect(await statusOf(holdId, placed)).toBe('confirmed');
    });

    it('is rejected for a hold of somebody else, also for staff, and for one that nobody has', async () => {
      const id = await shop.item(5);
      const holdId = await shop.hold(id, 2, shop.bob);
      await expectRejected(id, holdId, 404, 'HOLD_NOT_FOUND');
      const byStaff = await shop.order([{ id, quantity: 1, holdId }], shop.staff);
      expect(byStaff).toMatchObject({ status: 404, body: { code: 'HOLD_NOT_FOUND', data: { holdId } } });
      for (const unknown of ['hold_1', holdId.slice(0, -1)]) await expectRejected(id, unknown, 404, 'HOLD_NOT_FOUND');
      const bobs = await shop.order([{ id, quantity: 2, holdId }], shop.bob);
      expect(bobs.status).toBe(201);
    });

    it('is rejected for a hold on another item, or on a slot', async () => {
      const [id, other] = [await shop.item(5), await shop.item(5)];
      const onOther = await shop.hold(other, 2);
      await expectRejected(id, onOther, 404, 'HOLD_NOT_FOUND');
      const slot = (await shop.send('POST', '/slots', shop.staff, { capacity: 5 })).body.slot_id as number;
      const key = randomUUID();
      const onSlot = (await shop.send('POST', `/slots/${slot}/hold`, shop.ann, {}, { key })).body.id as string;
      await expectRejected(id, onSlot, 404, 'HOLD_NOT_FOUND');
      const placed = await shop.order([{ id: other, quantity: 2, holdId: onOther }]);
      expect(placed.status).toBe(201);
    });

    it('is rejected for a hold whose time is up', async () => {
      const id = await shop.item(5);
      const holdId = await shop.hold(id, 2, shop.ann, 1);
      const isOver = async () => (await shop.get(`/holds/${holdId}`, shop.ann)).body.status === 'expired';
      await until(isOver);
      await expectRejected(id, holdId, 410, 'HOLD_EXPIRED');
    });

    it('is rejected for a hold that was confirmed, cancelled, or used by another order', async () => {
      const id = await shop.item(9);
      const [confirmed, cancelled, used] = [await shop.hold(id, 1), await shop.hold(id, 1), await shop.hold(id, 1)];
      await shop.send('POST', `/holds/${confirmed}/confirm`, shop.ann);
      await shop.send('DELETE', `/holds/${cancelled}`, shop.ann);
      const first = await shop.order([{ id, quantity: 1, holdId: used }]);
      await expectRejected(id, confirmed, 409, 'HOLD_CONFIRMED');
      await expectRejected(id, cancelled, 409, 'HOLD_CANCELLED');
      await expectRejected(id, used, 409, 'HOLD_CONFIRMED');
      // What was ordered stays with its order, whatever is done to the hold.
      expect(await shop.send('DELETE', `/holds/${used}`, shop.ann)).toMatchObject({ status: 409 });
      await shop.send('POST', `/orders/${first.body.id}/cancel`, shop.ann);
      await expectRejected(id, used, 409, 'HOLD_CONFIRMED');
    });

    it('leaves the hold as it is when another line is rejected', async () => {
      const [id, scarce] = [await shop.item(5), await shop.item(1)];
      const holdId = await shop.hold(id, 2);
      const rejected = await shop.order([
        { id, quantity: 2, holdId },
        { id: scarce, quantity: 2 },
      ]);
      expect(rejected).toMatchObject({ status: 400, body: { data: { itemId: scarce } } });
      expect(await shop.order([{ id, quantity: 2, holdId }])).toMatchObject({ status: 201 });
    });

    it('is of a discontinued item too, for as many units as are held', async () => {
      const id = await shop.item(5, { name: 'Lamp' });
      const [holdId, other] = [await shop.hold(id, 2), await shop.hold(id, 2)];
      await shop.send('DELETE', `/products/${id}`, shop.staff);
      expect(
        await shop.order([
          { id, quantity: 1, holdId },
          { id, quantity: 1 },
        ]),
      ).toMatchObject({ status: 400, body: { code: 'ITEM_UNKNOWN', data: { itemId: id } } });
      const placed = await shop.order([{ id, quantity: 2, holdId }]);
      expect(placed).toMatchObject({ status: 201, body: { items: [{ id, name: 'Lamp', quantity: 2 }] } });
      expect(await shop.order([{ id, quantity: 1, holdId: other }])).toMatchObject({ status: 201 });
    });

    it('is sold to one of many orders at once', async () => {
      const id = await shop.item(5);
      const holdId = await shop.hold(id, 2);
      const answers = await Promise.all(Array.from({ length: 10 }, () => shop.order([{ id, quantity: 2, holdId }])));
      const statuses = answers.map(({ status }) => status).toSorted((one, two) => one - two);
      expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
      const placed = answers.find(({ status }) => status === 201) as Answer;
      expect(await shop.available(id, placed)).toBe(3);
    });

    it('is repeated with the key of its order, though the hold is used up by it', async () => {
      const id = await shop.item(5);
      const holdId = await shop.hold(id, 2);
      const key = randomUUID();
      const ask = () => shop.order([{ id, quantity: 2, holdId }], shop.ann, {}, { key });
      const first = await ask();
      const again = await untilAnswered(ask);
      expect([again.status, again.body]).toEqual([201, first.body]);
    });

    it('is not text that is too long', async () => {
      expect(await shop.order([{ id: 'a', quantity: 1, holdId: 'x'.repeat(256) }])).toMatchObject({
        status: 422,
        body: { data: { 'items.0.holdId': expect.any(String) } },
      });
    });
  },
);
