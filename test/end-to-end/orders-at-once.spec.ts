import { randomInt, randomUUID } from 'node:crypto';
import { itemStock, orderAggregate, stockAggregate, stockStream, type KnownOrder as RecordedOrder } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { HoldIds } from '#ids';
import { call, startSystem, until, type RunningSystem, type Service } from '#dev/testing';
import { storeOf } from './event-stores.ts';
import { chooseSale } from './linearizable/choose-sale.ts';
import { Client, type Person } from './linearizable/client.ts';
import { HotStock } from './linearizable/hot-stock.ts';
import { OrderClient, type KnownOrder } from './linearizable/order-client.ts';
import { registered, staffOf } from './linearizable/persons.ts';
import { Random } from './linearizable/random.ts';
import { violationsOf } from './linearizable/violations.ts';

const items = 12;
const unitsEach = 32;
const customers = 20;
const orderClients = 40;
const ordersEach = 5;
const buyers = 16;
const stepsEach = 5;
const ordersBeforeKill = 60;
const violationsShown = 10;
const loadMsMax = 180_000;

describe.each(['PostgreSQL', 'EventStoreDB'] as const)(
  'many orders of the same items at once, with events in %s,',
  (kind) => {
    let place: Awaited<ReturnType<typeof storeOf>>;
    let system: RunningSystem;
    let store: EventStore;
    let processes: Service[];
    let origins: [string, string];
    let staff: Person;
    let people: Person[];
    let stocks: HotStock[];

    beforeAll(async () => {
      place = await storeOf(kind);
      system = await startSystem({
        HOLDFAST_WRITES_PER_MINUTE_MAX: '0',
        HOLDFAST_LOG_LEVEL: 'error',
        // All of them share a busy machine.
        HOLDFAST_REQUEST_TIMEOUT_MS: '15000',
        ...place.settings,
      });
      store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
      processes = [system.commandApi, await system.start('command-api')];
      origins = [system.commandApi.url, processes[1]?.url ?? ''];
      staff = await staffOf(system);
      people = await Promise.all(
        Array.from({ length: customers }, (_, n) => registered(system, `customer${n}@example.com`)),
      );
      stocks = await Promise.all(Array.from({ length: items }, (_, n) => hotStock(`item${n}`)));
    });

    afterAll(async () => {
      await store.close();
      await system.stop();
      await place.close();
    });

    async function hotStock(id: string): Promise<HotStock> {
      const asked = { token: staff.token, headers: { 'idempotency-key': randomUUID() } };
      await call(`${origins[0]}/products`, { ...asked, body: { id, name: id, price: 100 } });
      const provided = { ...asked, headers: { 'idempotency-key': randomUUID() } };
      await call(`${origins[0]}/stock`, { ...provided, body: { product_id: id, stock: unitsEach } });
      return new HotStock(
        `/items/${id}`,
        stockStream(itemStock(id)),
        new HoldIds(system.env['HOLDFAST_ID_SECRET'] ?? ''),
      );
    }

    async function recordedOrder(orderId: string): Promise<RecordedOrder> {
      const events = await store.readStream(orderAggregate.streamOf(orderId), { limit: 100 });
      const codec = codecOf(orderAggregate);
      return events
        .map((event) => codec.decode(event))
        .reduce(orderAggregate.evolve, orderAggregate.initial) as RecordedOrder;
    }

    /** Kills one of the two, in the middle of it all, and starts another in its place. */
    async function killOne(clients: readonly OrderClient[]): Promise<void> {
      const ordered = () => clients.reduce((sum, { orders }) => sum + orders.length, 0);
      await until(ordered, (count) => count >= ordersBeforeKill, loadMsMax);
      processes[1]?.child.kill();
      origins[1] = (await system.start('command-api')).url;
    }

    it('are each placed whole or not at all, on stocks that do one thing after the other', async () => {
      const seed = randomInt(2 ** 32);
      const clock = { ticks: 0 };
      const personOf = (n: number): Person => people[n % people.length] as Person;
      const orderers = Array.from(
        { length: orderClients },
        (_, n) => new OrderClient(personOf(n), new Random(seed + n), { stocks, origins, clock, staff }),
      );
      const around = {
        stocks: stocks as [HotStock, ...HotStock[]],
        choose: chooseSale,
        areKilled: true,
        origins,
        clock,
      };
      const others = Array.from(
        { length: buyers },
        (_, n) => new Client(personOf(n), new Random(seed - n - 1), around),
      );
      await Promise.all([
        ...orderers.map((client) => client.run(ordersEach)),
        ...others.map((client) => client.run(stepsEach)),
        killOne(orderers),
      ]);
      const orders = orderers.flatMap((client) => client.orders);
      expect(orders).toHaveLength(orderClients * ordersEach);
      await until(unsettled, (count) => count === 0);
      expect([...orderers.flatMap(({ wrong }) => wrong), ...(await notWhole(orders))]).toEqual([]);
      for (const stock of stocks) {
        const history = { operations: stock.operations, events: await stock.recorded(store) };
        const violations = violationsOf(history).slice(0, violationsShown);
        expect({ seed, stock: stock.path, violations }).toEqual({ seed, stock: stock.path, violations: [] });
      }
      const verified = await system.cli(['projections', 'verify', '--all']);
      expect({ exitCode: verified.exitCode, ...(verified.exitCode === 0 ? {} : verified) }).toEqual({ exitCode: 0 });
      // Else it was all too easy.
      const statuses = orders.map(({ status }) => status);
      expect([...new Set(statuses)]).toEqual(expect.arrayContaining(['placed', 'rejected', 'cancelled', 'shipped']));
    });

    /** Orders that still await something of a stock, whoever has to go on with them. */
    async function unsettled(): Promise<number> {
      const ids = new Set<string>();
      for (const stock of stocks) {
        for (const { event } of await stock.recorded(store)) if ('orderId' in event) ids.add(event.orderId);
      }
      // One after the other: hundreds at once would wait longer for their turn than the store lets them.
      const known: RecordedOrder[] = [];
      for (const id of ids) known.push(await recordedOrder(id));
      return known.filter(({ awaits }) => awaits !== null).length;
    }

    /** Where an order is not as its customer was told, or a stock has not reserved what its open orders have. */
    async function notWhole(orders: readonly KnownOrder[]): Promise<readonly string[]> {
      const reserved = new Map<string, number>();
      const wrong: string[] = [];
      const told = { placed: 'pending', cancelled: 'cancelled', shipped: 'shipped' } as const;
      for (const { orderId, lines, status } of orders) {
        const recorded = await recordedOrder(orderId);
        const ends: readonly string[] =
          status === 'rejected' ? ['rejected', 'declined'] : status === 'unknown' ? [recorded.status] : [told[status]];
        if (!ends.includes(recorded.status))
          wrong.push(`${orderId} is ${recorded.status}, its customer knows: ${status}`);
        if (recorded.status !== 'pending' && recorded.status !== 'processing') continue;
        for (const { stock, quantity } of lines)
          reserved.set(stock.stream, (reserved.get(stock.stream) ?? 0) + quantity);
      }
      for (const { stream } of stocks) {
        const events = await store.readStream(stream, { direction: 'backwards', limit: 1 });
        const [last] = events.map((event) => codecOf(stockAggregate).decode(event));
        const [found, wanted] = [last?.balance.reserved, reserved.get(stream) ?? 0];
        if (found !== wanted) wrong.push(`${stream} has reserved ${found}, open orders have ${wanted}`);
      }
      return wrong;
    }
  },
);
