import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startGateway, type Gateway } from '../../dev/local/gateway.ts';
import { Holdfast, type Change } from '../../packages/client/src/index.ts';
import {
  compileExample,
  examplesFor,
  installClient,
  runInChromium,
  runInNode,
  type Installed,
} from './readme-example.ts';
import { startShop, type Shop } from './shop.ts';

const hour = 3_600_000;
const inTime = (ms: number) => new Date(Date.now() + ms).toISOString();
/** Of the methods that were rejected, what they were rejected with. */
const rejectionOf = (asked: PromiseLike<unknown>) =>
  Promise.resolve(asked).then(
    (answer) => ({ answer }),
    (error: unknown) => error,
  );

/** Each person with a client of their own, at one address. */
describe.each(['PostgreSQL', 'EventStoreDB'] as const)('with the client alone, events in %s,', (kind) => {
  let shop: Shop;
  let gateway: Gateway;
  let staff: Holdfast;
  let ann: Holdfast;
  let bob: Holdfast;

  const clientOf = (token?: string) => new Holdfast({ baseUrl: gateway.url, token });

  beforeAll(async () => {
    shop = await startShop(kind, { HOLDFAST_CORS_ORIGINS: '*' });
    gateway = await startGateway({ port: 0 });
    const { commandApi, queryApi } = shop.system;
    gateway.connect({ 'command-api': [commandApi.url], 'query-api': [queryApi.url] });
    [staff, ann, bob] = [clientOf(shop.staff), clientOf(shop.ann), clientOf(shop.bob)];
  });

  afterAll(async () => {
    await gateway.close();
    await shop.close();
  });

  it('a flash sale opens at its time, sells each customer no more than the limit, and takes back what is returned', async () => {
    const window = { saleStartsAt: inTime(hour), saleEndsAt: inTime(2 * hour) };
    const product = { name: 'Console', price: 399, purchaseLimit: 2, returnDays: 14, ...window };
    const { id } = await staff.products.create(product);
    await staff.stock.provide({ product_id: id, stock: 5 });
    const buy = (customer: Holdfast, quantity: number) => customer.items.purchase(id, { quantity });
    expect(await rejectionOf(buy(ann, 1))).toMatchObject({ status: 409, code: 'NOT_ON_SALE', data: window });

    await staff.products.change(id, { saleStartsAt: inTime(-hour) });
    const { purchaseId, ...bought } = await buy(ann, 2);
    expect(bought).toMatchObject({ quantity: 2, remaining: 3 });
    expect(await rejectionOf(buy(ann, 1))).toMatchObject({ status: 400, code: 'LIMIT_PER_CUSTOMER' });
    const rush = await Promise.allSettled(Array.from({ length: 6 }, () => buy(bob, 1)));
    expect(rush.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);

    const returned = await ann.purchases.return(purchaseId, { quantity: 1, reason: 'one is enough' });
    expect(returned).toMatchObject({ purchaseId, quantity: 2, returnedQuantity: 1 });
    // Recorded after what the others have bought.
    staff.see(ann.consistencyToken ?? '');
    expect(await ann.stock.get(id)).toMatchObject({ stock: 2 });
    expect((await ann.purchases.list()).purchases).toMatchObject([
      { purchaseId, itemName: 'Console', quantity: 2, returnedQuantity: 1 },
    ]);
    expect(await staff.purchases.list({ item: id })).toMatchObject({
      total: 3,
      purchases: [{ quantity: 1 }, { quantity: 1 }, { purchaseId }],
    });

    expect(await buy(ann, 1)).toMatchObject({ remaining: 1 });
    await staff.products.change(id, { saleEndsAt: inTime(-1000) });
    const late = clientOf(await shop.user('late@example.com'));
    expect(await rejectionOf(buy(late, 1))).toMatchObject({ status: 409, code: 'NOT_ON_SALE' });
  });

  it('a series of slots is opened, booked and cancelled, and staff see who comes', async () => {
    await staff.slots.openSeries({
      title: 'Yoga',
      capacity: 2,
      from: '2099-03-02',
      count: 4,
      days: ['mon', 'tue'],
      times: ['10:00', '17:30'],
      durationMinutes: 60,
      timeZone: 'Europe/Berlin',
    });
    const day = { from: '2099-03-02T00:00:00Z', to: '2099-03-03T00:00:00Z' };
    ann.see(staff.consistencyToken ?? '');
    const { slots } = await ann.slots.list(day);
    expect(slots).toMatchObject([
      { startsAt: '2099-03-02T09:00:00.000Z', remaining: 2, open: true },
      { startsAt: '2099-03-02T16:30:00.000Z', remaining: 2, open: true },
    ]);
    const [atTen = 0, later = 0] = slots.map(({ id }) => id);
    const booked = async (customer: Holdfast, quantity: number): Promise<string> => {
      const held = await customer.slots.hold(atTen, { quantity });
      const confirmed = await customer.holds.confirm(held.id);
      expect(confirmed).toMatchObject({ status: 'confirmed' });
      return confirmed.id;
    };
    const ofAnn = await booked(ann, 2);
    expect(await rejectionOf(bob.slots.hold(atTen))).toMatchObject({ status: 400, code: 'INSUFFICIENT_STOCK' });

    expect(await rejectionOf(bob.holds.return(ofAnn))).toMatchObject({ status: 404 });
    const cancelled = await ann.holds.return(ofAnn, { quantity: 1, reason: 'a friend is ill' });
    expect(cancelled).toMatchObject({ confirmedQuantity: 2, returnedQuantity: 1 });
    const ofBob = await booked(bob, 1);
    await bob.holds.confirm((await bob.slots.hold(later)).id);

    for (const other of [ann, staff]) other.see(bob.consistencyToken ?? '');
    expect((await ann.holds.list({ status: 'confirmed' })).holds).toMatchObject([{ id: ofAnn }]);
    expect(await staff.holds.list({ slot: atTen, status: 'confirmed' })).toMatchObject({
      total: 2,
      holds: [
        { id: ofBob, slot_id: atTen, confirmedQuantity: 1, returnedQuantity: 0 },
        { id: ofAnn, slot_id: atTen, confirmedQuantity: 2, returnedQuantity: 1 },
      ],
    });
    expect((await ann.slots.list({ ...day, free: true })).slots).toMatchObject([{ id: later, remaining: 1 }]);
  });

  it('a customer reads each write, also of many at once', async () => {
    const id = await shop.item(100);
    for (let left = 90; left >= 50; left -= 10) {
      await Promise.all(Array.from({ length: 10 }, () => ann.items.purchase(id)));
      expect((await ann.stock.get(id)).stock).toBe(left);
    }
  });

  /** Reads on until a row is as wanted; returns what came. */
  async function readUntil<Row, State>(
    changes: AsyncIterator<Change<Row, State>>,
    isWanted: (row: Row) => boolean,
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const { value } = await changes.next();
      const change = value as Change<Row, State>;
      if (change.type === 'reset') throw new Error('the stream cannot tell what changed');
      rows.push(change.data);
      if (isWanted(change.data)) return rows;
    }
  }

  it('a page follows what becomes of a slot, also what happened while query-api was down', async () => {
    const { slot_id: slot } = await staff.slots.open({ title: 'Yoga', capacity: 5 });
    const lost: string[] = [];
    const controller = new AbortController();
    const page = clientOf();
    page.see(staff.consistencyToken ?? '');
    const options = { signal: controller.signal, onReconnect: ({ code }: { code: string }) => lost.push(code) };
    const places = page.slots.follow({ ids: [slot] }, options)[Symbol.asyncIterator]();
    expect(await readUntil(places, () => true)).toMatchObject([{ slot_id: slot, capacity: 5, remaining: 5 }]);
    const first = await ann.slots.hold(slot, { quantity: 2 });
    expect(await readUntil(places, ({ remaining }) => remaining === 3)).toHaveLength(1);

    const { queryApi } = shop.system;
    queryApi.child.kill();
    await queryApi.child.exited;
    await ann.holds.confirm(first.id, { quantity: 1 });
    const second = await ann.slots.hold(slot, { quantity: 3 });
    await shop.system.start('query-api', { HOLDFAST_PORT: new URL(queryApi.url).port });
    await readUntil(places, ({ remaining }) => remaining === 1);
    expect(lost).not.toHaveLength(0);

    await ann.holds.extend(second.id, { ttlSeconds: 1 });
    expect(await readUntil(places, ({ remaining }) => remaining === 4)).toHaveLength(1);
    controller.abort();
    expect(await places.next()).toEqual({ done: true, value: undefined });
  });

  it('what a customer follows of their own ends with the session', async () => {
    const eve = clientOf();
    await eve.auth.register({
      email: 'eve@example.com',
      password: 'a kettle of tea',
      name: 'Eve',
      phone: '0912345678',
    });
    const { id } = await eve.items.hold(await shop.item(3), { quantity: 1 });
    const holds = eve.holds.follow()[Symbol.asyncIterator]();
    expect(await readUntil(holds, () => true)).toMatchObject([{ id, status: 'open' }]);
    await eve.holds.cancel(id);
    expect(await readUntil(holds, ({ status }) => status === 'cancelled')).toMatchObject([{ id }]);
    await new Holdfast({ baseUrl: gateway.url, tokens: eve.tokens }).auth.logout();
    await expect(holds.next()).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });

  // What it is packed with does not depend on where events are.
  if (kind === 'EventStoreDB') return;

  describe('as it is packed,', () => {
    let client: Installed;
    let example: string;

    beforeAll(async () => {
      client = await installClient();
      [example = ''] = await examplesFor(gateway.url);
      await staff.products.create({ id: 'lamp', name: 'Desk lamp', price: 1299 });
      await staff.stock.provide({ product_id: 'lamp', stock: 50 });
      // The first slots are of the test before.
      const { slot_id } = await staff.slots.open({ title: 'Yoga', capacity: 10 });
      example = example.replace('slots.hold(1,', `slots.hold(${slot_id},`);
    });

    afterAll(() => client.remove());

    it('the example of its README works in Node', async () => {
      expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
      const printed = await runInNode(client, example);
      expect(printed).toEqual(['bought; 48 left', 'not 1000, only 48', 'booked 2 places']);
    });

    it('its types know what the example of its README does, and what it does not', async () => {
      await expect(compileExample(client, example)).resolves.toBeUndefined();
      const other = example.replace('error.data.available', 'error.data.availabel');
      await expect(compileExample(client, other)).rejects.toThrow("Property 'availabel' does not exist");
    });

    it('the example of its README works in Chromium, in a page of another origin', async () => {
      const printed = await runInChromium(client, example);
      expect(printed).toEqual(['bought; 46 left', 'not 1000, only 46', 'booked 2 places']);
    });

    it('all of it is less than 15 kB, and imports nothing', async () => {
      const files = await readdir(join(client.package, 'dist'), { recursive: true });
      const scripts = files.filter((name) => name.endsWith('.js'));
      const texts = await Promise.all(scripts.map((name) => readFile(join(client.package, 'dist', name), 'utf8')));
      expect(gzipSync(texts.join('\n')).length).toBeLessThan(15_000);
      const imported = texts.flatMap((text) => [...text.matchAll(/ from '([^']+)'/g)].map(([, name = '']) => name));
      expect(imported.filter((name) => !/^\.[\w./-]+\.js$/.test(name))).toEqual([]);
    });
  });
});
