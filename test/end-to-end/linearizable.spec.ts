import { randomInt, randomUUID } from 'node:crypto';
import { itemStock, slotStock, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { HoldIds } from '#ids';
import { call, startSystem, type Answer, type RunningSystem } from '#dev/testing';
import { storeOf } from './event-stores.ts';
import { chooseSale } from './linearizable/choose-sale.ts';
import { Client, type Person } from './linearizable/client.ts';
import type { Operation } from './linearizable/history.ts';
import { HotStock } from './linearizable/hot-stock.ts';
import { registered, staffOf } from './linearizable/persons.ts';
import { Random } from './linearizable/random.ts';
import { violationsOf } from './linearizable/violations.ts';

const customers = 20;
const clientsEach = 10;
const steps = 12;
const violationsShown = 10;

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('clients of several processes, with events in %s,', (kind) => {
  let place: Awaited<ReturnType<typeof storeOf>>;
  let system: RunningSystem;
  let store: EventStore;
  let origins: [string, string, string];
  let staff: Person;
  let people: Person[];

  beforeAll(async () => {
    place = await storeOf(kind);
    const settings = { HOLDFAST_WRITES_PER_MINUTE_MAX: '0', HOLDFAST_LOG_LEVEL: 'error', ...place.settings };
    system = await startSystem(settings);
    store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
    const others = await Promise.all([system.start('command-api'), system.start('command-api')]);
    origins = [system.commandApi.url, others[0].url, others[1].url];
    staff = await staffOf(system);
    people = await Promise.all(
      Array.from({ length: customers }, (_, n) => registered(system, `customer${n}@example.com`)),
    );
  });

  afterAll(async () => {
    await store.close();
    await system.stop();
    await place.close();
  });

  function write(to: string, method: string, path: string, { token }: Person, body: object = {}): Promise<Answer> {
    return call(`${to}${path}`, { method, body, token, headers: { 'idempotency-key': randomUUID() } });
  }

  async function item(id: string, units: number): Promise<void> {
    await write(origins[0], 'POST', '/products', staff, { id, name: 'x', price: 1 });
    await write(origins[0], 'POST', '/stock', staff, { product_id: id, stock: units });
  }

  async function hotStocks(): Promise<[HotStock, HotStock]> {
    const holdIds = new HoldIds(system.env['HOLDFAST_ID_SECRET'] ?? '');
    await item('hot', 60);
    const { body } = await write(origins[0], 'POST', '/slots', staff, { capacity: 300 });
    return [
      new HotStock('/items/hot', stockStream(itemStock('hot')), holdIds),
      new HotStock(`/slots/${body.slot_id}`, stockStream(slotStock(body.slot_id)), holdIds),
    ];
  }

  it('are sold by each process what another has set free', async () => {
    const [ann, bob] = people as [Person, Person];
    const [one, other] = origins;
    await item('freed', 2);
    const { body } = await write(one, 'POST', '/items/freed/hold', ann, { quantity: 2 });
    const soldOut = { status: 400, body: { code: 'INSUFFICIENT_STOCK', data: { available: 0, requested: 1 } } };
    expect(await write(other, 'POST', '/items/freed/purchase', bob)).toMatchObject(soldOut);
    expect(await write(one, 'DELETE', `/holds/${body.id}`, ann)).toMatchObject({ status: 200 });
    expect(await write(other, 'POST', '/items/freed/purchase', bob)).toMatchObject({ status: 201 });
  });

  it('find with each process the hold that another has made, and how yet another has ended it', async () => {
    const [ann] = people as [Person];
    const [one, other, third] = origins;
    await item('kept', 2);
    for (const origin of origins) await write(origin, 'POST', '/items/kept/purchase', ann, { quantity: 3 });
    const { body } = await write(one, 'POST', '/items/kept/hold', ann);
    expect(await write(other, 'POST', `/holds/${body.id}/confirm`, ann)).toMatchObject({ status: 200 });
    const confirmed = { status: 409, body: { code: 'HOLD_CONFIRMED' } };
    for (const origin of [one, third]) {
      expect(await write(origin, 'DELETE', `/holds/${body.id}`, ann)).toMatchObject(confirmed);
    }
  });

  it('by the hundred see one stock, that does one thing after the other, and each thing once', async () => {
    const seed = randomInt(2 ** 32);
    const stocks = await hotStocks();
    const around = { stocks, choose: chooseSale, areKilled: false, origins, clock: { ticks: 0 } };
    const persons = [...people, staff].flatMap((person) => Array.from({ length: clientsEach }, () => person));
    const clients = persons.map((person, n) => new Client(person, new Random(seed + n), around));
    await Promise.all(clients.map((client) => client.run(steps)));
    const seen = new Set<string>();
    for (const stock of stocks) {
      const events = await stock.recorded(store);
      const violations = violationsOf({ operations: stock.operations, events }).slice(0, violationsShown);
      expect({ seed, violations }).toEqual({ seed, violations: [] });
      for (const outcome of stock.operations.map(outcomeOf)) seen.add(outcome);
      for (const { event } of events) seen.add(event.type);
    }
    // Else it was all too easy.
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'purchase accepted',
        'purchase INSUFFICIENT_STOCK',
        'hold accepted',
        'hold INSUFFICIENT_STOCK',
        'hold unknown',
        'confirm accepted',
        'confirm HOLD_EXPIRED',
        'extend accepted',
        'extend HOLD_CONFIRMED',
        'cancel accepted',
        'cancel HOLD_CANCELLED',
        'cancel HOLD_NOT_FOUND',
        'adjust accepted',
        'adjust EXPECTED_MISMATCH',
        'HoldExpired',
      ]),
    );
  });
});

function outcomeOf({ ask, answer }: Operation): string {
  const outcome = answer === undefined ? 'unknown' : 'rejected' in answer ? answer.rejected : 'accepted';
  return `${ask.type} ${outcome}`;
}
