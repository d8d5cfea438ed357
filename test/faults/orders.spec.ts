import { commandMigrations } from '#commands/migrations';
import { stockOfStream, type HoldFacts, type KnownOrder } from '#domain';
import { OutcomeUnknown, type EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { authMigrations } from '#people';
import { Turns } from '#platform';
import { WireDouble } from '#dev/event-store-double';
import { freshDatabase, until, type FreshDatabase } from '#dev/testing';
import { contact, customer, orderOf, requestOf, Shop, timesRecorded } from './orders/shop.ts';
import { faults, StoppingStore, type Fault } from './orders/stopping-store.ts';

const units = 10;
/** Of each of the two items. */
const lineUnits = 3;
const inTimeMs = 10_000;
/** How long a request waits for an append that does not come back. */
const patienceMs = 600;
const atOnceMax = 8;
const brieflyMs = 500;

/** What is asked of the process that fails, and what an order of two items is like afterwards. */
interface Request {
  readonly name: string;
  /** Appends of the request, when nothing fails. */
  readonly appends: number;
  readonly ask: (shop: Shop, on: Order, deadlineMs: number) => Promise<unknown>;
  /** What is asked before, of another process. */
  readonly before?: (shop: Shop, on: Order) => Promise<unknown>;
  readonly end: KnownOrder['status'];
  /** Whether another process sells what the order wants, after this one has seen that it is there. */
  readonly isSoldMeanwhile?: boolean;
}

/** An order of two items, one of them paid from a hold in part. */
interface Order {
  readonly items: readonly [string, string];
  readonly hold: string;
  readonly placing: string;
  readonly changing: string;
}

/** What other processes do meanwhile. `then cancel`: the customer cancels what the repeated request has placed. */
type GoesOn = 'retry' | 'finish' | 'retry, then cancel';

const requests: readonly Request[] = [
  { name: 'placed', appends: 4, ask: place, end: 'pending' },
  // One append is a conflict: the process does not know yet that another has sold what it wants.
  { name: 'rejected', appends: 7, ask: place, end: 'rejected', isSoldMeanwhile: true },
  {
    name: 'cancelled',
    appends: 4,
    before: (shop, on) => place(shop, on, inTimeMs),
    ask: (shop, on, deadlineMs) => shop.cancel(idOf(on), requestOf(deadlineMs, on.changing)),
    end: 'cancelled',
  },
  {
    name: 'shipped',
    appends: 4,
    before: async (shop, on) => {
      await place(shop, on, inTimeMs);
      await shop.change(idOf(on), { status: 'processing' }, requestOf(inTimeMs));
    },
    ask: (shop, on, deadlineMs) => {
      const shipped = { status: 'shipped', trackingNumber: 'TW1' } as const;
      return shop.change(idOf(on), shipped, requestOf(deadlineMs, on.changing));
    },
    end: 'shipped',
  },
];

function idOf({ placing }: Order): string {
  return orderOf(requestOf(0, placing));
}

function place(shop: Shop, { items: [first, second], hold, placing }: Order, deadlineMs: number, sentTo = contact) {
  const lines = [
    { id: second, quantity: 3 },
    { id: first, quantity: 2, holdId: hold },
    { id: first, quantity: 1 },
  ];
  return shop.place(lines, requestOf(deadlineMs, placing), sentTo);
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('an order, with events in %s,', (kind) => {
  let database: FreshDatabase;
  let double: WireDouble | undefined;
  let store: EventStore;
  /** A process that never fails. */
  let sound: Shop;
  let made = 0;

  beforeAll(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...commandMigrations, ...authMigrations]);
    await database.pool.query(
      `insert into users (id, email, name, role, password_hash) values ($1, 'a@example.com', 'a', 'customer', 'x')`,
      [customer],
    );
    double = kind === 'EventStoreDB' ? await WireDouble.start() : undefined;
    store = await connectEventStore(double?.url ?? database.url);
    sound = start();
  });

  afterAll(async () => {
    await store.close();
    await double?.stop();
    await database.drop();
  });

  function start(on: EventStore = store): Shop {
    return new Shop(on, database.pool);
  }

  async function contactsOf(orderId: string): Promise<number> {
    const { rowCount } = await database.pool.query('select from order_contacts where order_id = $1', [orderId]);
    return rowCount ?? 0;
  }

  async function newOrder(): Promise<Order> {
    const n = (made += 1);
    const items = [`a${n}`, `b${n}`] as const;
    await sound.stock(items[0], units);
    await sound.stock(items[1], units);
    const hold = await sound.hold(items[0], 2);
    return { items, hold, placing: requestOf(0).commandId, changing: requestOf(0).commandId };
  }

  /** Asks a process that fails in one append, then goes on with others: one repeats the request, or finishes the order. */
  async function failing(request: Request, fault: Fault | undefined, at: number, goesOn: GoesOn) {
    const on = await newOrder();
    await request.before?.(sound, on);
    const interfere = async (stream: string): Promise<void> => {
      const stock = stockOfStream(stream);
      if (stock?.kind === 'item') await sound.purchase(stock.itemId, 1);
      else await sound.finish(idOf(on), inTimeMs).catch(() => undefined);
    };
    const connection = new StoppingStore(store, fault, at, interfere);
    const failed = start(connection.store);
    if (request.isSoldMeanwhile === true) {
      await failed.see(on.items[1]);
      await sound.purchase(on.items[1], units - 1);
    }
    const comesBack = fault !== 'held up' && fault !== 'killed before' && fault !== 'killed after';
    const deadlineMs = comesBack ? inTimeMs : patienceMs;
    const answer = request.ask(failed, on, deadlineMs).catch((error: unknown) => error);
    await Promise.race([answer, connection.stopped]);
    if (goesOn === 'finish') await start().finish(idOf(on), inTimeMs);
    else await request.ask(start(), on, inTimeMs);
    if (goesOn === 'retry, then cancel') await start().cancel(idOf(on), requestOf(inTimeMs));
    await connection.release();
    if (fault === 'stopped') await answer;
    const order = await sound.order(idOf(on));
    if (order.status !== 'unknown' && order.status !== 'declined') await sound.finish(idOf(on), inTimeMs);
    const end = goesOn === 'retry, then cancel' ? 'cancelled' : request.end;
    return { appends: connection.appends, wrong: await faultsOf(on, end, goesOn) };
  }

  /** What is wrong with the order and with what its stocks have for it; nothing if nothing is. */
  async function faultsOf(on: Order, end: KnownOrder['status'], goesOn: GoesOn): Promise<readonly string[]> {
    const shop = start();
    const order = await shop.order(idOf(on));
    const wrong: string[] = [];
    // An order that was not submitted when its units were sold is declined.
    const isEnd = order.status === end || (end === 'rejected' && order.status === 'declined');
    if (goesOn !== 'finish' && !isEnd) wrong.push(`it is ${order.status}, not ${end}`);
    if ('awaits' in order && order.awaits !== null) wrong.push(`it awaits ${order.awaits}`);
    const isOpen = order.status === 'pending' || order.status === 'processing';
    for (const itemId of on.items) {
      const { balance, holds, reservations } = await shop.ofItem(itemId);
      const reserved = isOpen ? lineUnits : 0;
      if (balance.reserved !== reserved || reservations.size !== (isOpen ? 1 : 0)) {
        wrong.push(`${order.status}, and ${balance.reserved} of ${itemId} are reserved`);
      }
      const held = [...holds].reduce((sum, [, { quantity }]) => sum + quantity, 0);
      if (balance.held !== held) wrong.push(`${balance.held} of ${itemId} are held, in holds of ${held}`);
      const times = await timesRecorded(store, itemId, idOf(on));
      for (const [type, count] of Object.entries(times)) if (count > 1) wrong.push(`${itemId} has ${count} ${type}`);
      const shipped = times['ReservationShipped'] ?? 0;
      if (shipped !== (order.status === 'shipped' ? 1 : 0)) wrong.push(`${shipped} shipments of ${itemId}`);
    }
    return wrong;
  }

  describe.each(requests)('that is to be $name', (request) => {
    it(`takes ${request.appends} appends, in each of which a process may fail`, async () => {
      expect(await failing(request, undefined, 0, 'retry')).toEqual({ appends: request.appends, wrong: [] });
    });

    it.each(faults)('is whole, and takes its units once, whichever append fails: %s', async (fault) => {
      const turns = new Turns({ runningMax: atOnceMax, waitingMax: 1000, rejection: Error });
      const ways: GoesOn[] = ['retry', 'finish', ...(request.end === 'pending' ? ['retry, then cancel' as const] : [])];
      const points = Array.from({ length: request.appends }, (_, index) => index + 1);
      const runs = points.flatMap((at) => ways.map((goesOn) => ({ at, goesOn })));
      const outcomes = runs.map(async ({ at, goesOn }) => {
        const { wrong } = await turns.take(() => failing(request, fault, at, goesOn));
        return wrong.map((what) => `append ${at}, ${goesOn}: ${what}`);
      });
      expect((await Promise.all(outcomes)).flat()).toEqual([]);
    });
  });

  it('that is still being reserved when it is paid for is not answered with a final rejection', async () => {
    const on = await newOrder();
    const connection = new StoppingStore(store, 'held up', 2, () => Promise.resolve());
    const slow = start(connection.store);
    expect(await place(slow, on, patienceMs)).toMatchObject({
      isFinished: false,
      value: { order: { status: 'submitted' } },
    });
    await expect(slow.pay(idOf(on), 'p1', requestOf(patienceMs, on.changing))).rejects.toThrow(/in time|not started/);
    await connection.release();
    const paid = await start().pay(idOf(on), 'p1', requestOf(inTimeMs, on.changing));
    expect(paid).toMatchObject({ value: { order: { status: 'pending', payment: 'p1' } } });
  });

  it('gets units whose hold is due, also before anybody has noted that', async () => {
    const on = await newOrder();
    const shop = start();
    await shop.see(on.items[1]);
    await shop.hold(on.items[1], units, brieflyMs);
    const { balance, holds } = await shop.ofItem(on.items[1]);
    expect(balance.available).toBe(0);
    const [, { expiresAt }] = holds.first() as [string, HoldFacts];
    await until(() => Date.now() > expiresAt);
    expect(await place(shop, on, inTimeMs)).toMatchObject({ value: { order: { status: 'pending' } } });
  });

  it('goes to no other address than that of its first request', async () => {
    const on = await newOrder();
    const broken = start({ ...new StoppingStore(store, 'killed before', 1, () => Promise.resolve()).store });
    void place(broken, on, patienceMs).catch(() => undefined);
    await until(async () => (await contactsOf(idOf(on))) === 1);
    const elsewhere = { ...contact, address: '市府路2號' };
    expect(await place(start(), on, inTimeMs, elsewhere)).toEqual({ rejection: { code: 'KEY_REUSED' } });
    expect(await place(start(), on, inTimeMs)).toMatchObject({ value: { contact, order: { status: 'pending' } } });
  });

  it('that was answered with a rejection is not placed by an append that comes later, when there are units again', async () => {
    const on = await newOrder();
    const connection = new StoppingStore(store, 'held up', 1, () => Promise.resolve());
    await expect(place(start(connection.store), on, patienceMs)).rejects.toThrow(OutcomeUnknown);
    await start().purchase(on.items[1], units);
    const insufficient = { code: 'INSUFFICIENT_STOCK', available: 0, requested: 3, itemId: on.items[1] };
    const other = start();
    await other.see(on.items[1]);
    expect(await place(other, on, inTimeMs)).toEqual({ rejection: insufficient });
    await start().provide(on.items[1], units);
    await connection.release();
    expect(await start().order(idOf(on))).toEqual({ status: 'declined', reason: insufficient });
    expect(await place(start(), on, inTimeMs)).toEqual({ rejection: insufficient });
  });
});
