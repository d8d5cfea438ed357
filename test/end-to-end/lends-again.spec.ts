import { randomUUID } from 'node:crypto';
import { createRedis, untilConnected, type Redis } from '#platform';
import { until, type Answer } from '#dev/testing';
import { startShop, type Shop } from './shop.ts';

/** A retry of what was recorded is answered as before, though it would be rejected by now, and Redis has forgotten it. */
describe('what is repeated with its key', () => {
  let shop: Shop;
  let redis: Redis;

  beforeAll(async () => {
    shop = await startShop('PostgreSQL');
    redis = createRedis(shop.system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
  });

  afterAll(async () => {
    redis.disconnect();
    await shop.close();
  });

  const send: Shop['send'] = (...sent) => shop.send(...sent);
  const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

  async function inventory(rules: object = {}): Promise<number> {
    return (await send('POST', '/inventories', shop.bob, { name: 'Tools', ...rules })).body.inventory_id as number;
  }

  async function stocked(units: number, from: number): Promise<string> {
    const item = await shop.item(0);
    await send('POST', `/stock/${item}/adjustments`, shop.staff, { delta: units, reason: 'new', inventory_id: from });
    return item;
  }

  async function lend(item: string, from: number): Promise<number> {
    const body = { item_id: item, qty: 1, from_inventory_id: from };
    return (await send('POST', '/lends', shop.ann, body)).body.lend_id as number;
  }

  async function forgotten(repeat: () => Promise<Answer>): Promise<Partial<Answer>> {
    await redis.flushdb();
    const { status, body } = await repeat();
    return { status, body };
  }

  it('is a renewal whose due time has come since', async () => {
    const from = await inventory({ renewalsMax: 5 });
    const id = await lend(await stocked(2, from), from);
    const [key, dueAt] = [randomUUID(), soon(5000)];
    const renew = (): Promise<Answer> => send('PUT', `/lends/${id}/renew`, shop.ann, { due_at: dueAt }, { key });
    const first = await renew();
    expect(first.status).toBe(200);
    await until(
      () => shop.get(`/lends/${id}`, shop.ann, first),
      ({ body }) => body.overdue === true,
    );
    expect(await forgotten(renew)).toEqual({ status: 200, body: { ...first.body, overdue: true } });
    const late = await send('PUT', `/lends/${id}/renew`, shop.ann, { due_at: dueAt }, { key: randomUUID() });
    expect([late.status, late.body.data]).toEqual([422, { due_at: 'must be in the future' }]);
  });

  it('is a renewal for which the inventory gives no due time any more', async () => {
    const from = await inventory({ renewalsMax: 5, defaultLendSeconds: 3600 });
    const id = await lend(await stocked(2, from), from);
    const key = randomUUID();
    const renew = (): Promise<Answer> => send('PUT', `/lends/${id}/renew`, shop.ann, {}, { key });
    const first = await renew();
    expect(first.status).toBe(200);
    await send('PATCH', `/inventories/${from}`, shop.bob, { defaultLendSeconds: null });
    expect(first).toMatchObject(await forgotten(renew));
  });

  it('is a hold of what is lent to nobody any more', async () => {
    const from = await inventory();
    const [item, gone] = [await stocked(2, from), await stocked(2, from)];
    const [key, goneKey] = [randomUUID(), randomUUID()];
    const hold = (id: string, of: string) =>
      send('POST', `/inventories/${from}/holds`, shop.ann, { item_id: id }, { key: of });
    const [first, firstGone] = [await hold(item, key), await hold(gone, goneKey)];
    expect([first.status, firstGone.status]).toEqual([201, 201]);
    await send('DELETE', `/products/${gone}`, shop.staff);
    expect(firstGone).toMatchObject(await forgotten(() => hold(gone, goneKey)));
    expect((await hold(gone, randomUUID())).body.code).toBe('ITEM_NOT_FOUND');
    await send('PATCH', `/inventories/${from}`, shop.bob, { lends: false });
    expect(first).toMatchObject(await forgotten(() => hold(item, key)));
    expect((await hold(item, randomUUID())).body.code).toBe('INVENTORY_DOES_NOT_LEND');
  });

  it('does not pass for another lend of the same item that is returned or renewed', async () => {
    const from = await inventory({ renewalsMax: 5, defaultLendSeconds: 3600 });
    const item = await stocked(5, from);
    const [one, other] = [await lend(item, from), await lend(item, from)];
    for (const change of ['renew', 'return']) {
      const key = randomUUID();
      const to = (id: number): Promise<Answer> => send('PUT', `/lends/${id}/${change}`, shop.ann, {}, { key });
      expect((await to(one)).status).toBe(200);
      await redis.flushdb();
      expect((await to(other)).body.code).toBe('KEY_REUSED');
    }
  });

  it('does not pass for a part of another size', async () => {
    const from = await inventory();
    const body = { item_id: await stocked(5, from), qty: 5, from_inventory_id: from };
    const { body: lent } = await send('POST', '/lends', shop.ann, body);
    const key = randomUUID();
    const back = (qty: number) => send('PUT', `/lends/${lent.lend_id}/return`, shop.ann, { qty }, { key });
    expect((await back(1)).status).toBe(200);
    await redis.flushdb();
    expect((await back(4)).body.code).toBe('KEY_REUSED');
  });

  it('does not pass for another hold of the same units that is lent', async () => {
    const from = await inventory();
    const item = await stocked(5, from);
    const hold = async () => {
      const sent = { item_id: item };
      return (await send('POST', `/inventories/${from}/holds`, shop.ann, sent, { key: randomUUID() })).body
        .id as string;
    };
    const [one, other, key] = [await hold(), await hold(), randomUUID()];
    expect((await send('POST', '/lends', shop.ann, { hold_id: one }, { key })).status).toBe(201);
    await redis.flushdb();
    expect((await send('POST', '/lends', shop.ann, { hold_id: other }, { key })).body.code).toBe('KEY_REUSED');
  });

  it('does not pass for another hold of the same units that is changed', async () => {
    const item = await shop.item(9);
    const changes = [
      ['PATCH', '', { ttlSeconds: 200 }],
      ['POST', '/confirm', {}],
      ['DELETE', '', undefined],
    ] as const;
    for (const [method, path, body] of changes) {
      const [one, other, key] = [await shop.hold(item, 1), await shop.hold(item, 1), randomUUID()];
      const change = (id: string) => send(method, `/holds/${id}${path}`, shop.ann, body, { key });
      expect((await change(one)).status).toBe(200);
      await redis.flushdb();
      expect((await change(other)).body.code).toBe('KEY_REUSED');
    }
  });

  it('does not pass for another acceptance of the same request', async () => {
    const { body: request } = await send('POST', '/requests', shop.ann, { type: 'Humanpower', qty: 9 });
    const accept = (qty: number, key: string) =>
      send('POST', '/request-accepters', shop.bob, { request_id: request.request_id, qty }, { key });
    const [key, withdrawalKey] = [randomUUID(), randomUUID()];
    const one = await accept(1, key);
    const other = await accept(2, randomUUID());
    await redis.flushdb();
    expect((await accept(3, key)).body.code).toBe('KEY_REUSED');
    const withdraw = ({ body }: Answer) => {
      const { id } = body.accepter as { id: number };
      return send('DELETE', `/request-accepters/${id}`, shop.bob, undefined, { key: withdrawalKey });
    };
    expect((await withdraw(one)).status).toBe(200);
    await redis.flushdb();
    expect((await withdraw(other)).body.code).toBe('KEY_REUSED');
  });
});
