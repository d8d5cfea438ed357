import { commandMigrations } from '#commands/migrations';
import { isRejected, itemStock, stockStream, type StockEvent } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { authMigrations } from '#people';
import { WireDouble } from '#dev/event-store-double';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { borrower, Desk, inventoryId, requestOf } from './lends/desk.ts';
import { faults, StoppingStore, type Fault } from './orders/stopping-store.ts';

const units = 5;
const inTimeMs = 10_000;
/** How long a request waits for an append that does not come back. */
const patienceMs = 600;

/** What is asked of the process that fails, of an item or of a lend of two of its units. */
interface Request {
  readonly name: string;
  readonly records: StockEvent['type'];
  readonly ask: (desk: Desk, on: Lent, deadlineMs: number) => Promise<unknown>;
  /** What the answer says, whichever try it is to. */
  readonly answer: object;
  readonly lentAfter: number;
}

interface Lent {
  readonly item: string;
  readonly lendId: number;
  readonly commandId: string;
}

const requests: readonly Request[] = [
  {
    name: 'lend',
    records: 'UnitsLent',
    ask: (desk, { item, commandId }, deadlineMs) => desk.lend(item, 3, requestOf(deadlineMs, commandId)),
    answer: { qty: 3, returned_qty: 0 },
    lentAfter: 5,
  },
  {
    name: 'return of a part',
    records: 'UnitsReturned',
    ask: (desk, { lendId, commandId }, deadlineMs) => desk.giveBack(lendId, 1, requestOf(deadlineMs, commandId)),
    answer: { qty: 2, returned_qty: 1, returned_at: null },
    lentAfter: 1,
  },
  {
    name: 'return of all',
    records: 'UnitsReturned',
    ask: (desk, { lendId, commandId }, deadlineMs) => desk.giveBack(lendId, 2, requestOf(deadlineMs, commandId)),
    answer: { qty: 2, returned_qty: 2, returned_at: expect.any(String) },
    lentAfter: 0,
  },
  {
    name: 'renewal',
    records: 'LendRenewed',
    ask: (desk, { lendId, commandId }, deadlineMs) => desk.renew(lendId, requestOf(deadlineMs, commandId)),
    answer: { qty: 2, renewals: 1 },
    lentAfter: 2,
  },
];

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('with events in %s,', (kind) => {
  let database: FreshDatabase;
  let double: WireDouble | undefined;
  let store: EventStore;
  let made = 0;

  beforeAll(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...commandMigrations, ...authMigrations]);
    await database.pool.query(
      `insert into users (id, email, name, role, password_hash) values ($1, 'a@example.com', 'a', 'customer', 'x')`,
      [borrower],
    );
    double = kind === 'EventStoreDB' ? await WireDouble.start() : undefined;
    store = await connectEventStore(double?.url ?? database.url);
    await start().open();
  });

  afterAll(async () => {
    await store.close();
    await double?.stop();
    await database.drop();
  });

  function start(on: EventStore = store): Desk {
    return new Desk(on, database.pool);
  }

  /** A lend of two units of an item that has some more. */
  async function newLend(): Promise<Lent> {
    const item = `i${(made += 1)}`;
    await start().stock(item, units);
    const lent = await start().lend(item, 2, requestOf(inTimeMs));
    if (isRejected(lent)) throw new Error(`rejected: ${JSON.stringify(lent.rejection)}`);
    return { item, lendId: lent.value.lend_id, commandId: requestOf(0).commandId };
  }

  /** Asks a process that fails in its append, then another, and the first again. */
  async function failing(request: Request, fault: Fault | undefined) {
    const on = await newLend();
    const connection = new StoppingStore(store, fault, 1, () => start().provide(on.item, 1));
    const failed = start(connection.store);
    const comesBack = fault !== 'held up' && fault !== 'killed before' && fault !== 'killed after';
    const first = request.ask(failed, on, comesBack ? inTimeMs : patienceMs).catch((error: unknown) => error);
    await Promise.race([first, connection.stopped]);
    const answers = [await request.ask(start(), on, inTimeMs)];
    await connection.release();
    if (fault === 'stopped') await first;
    answers.push(await request.ask(start(), on, inTimeMs));
    const { balance } = await start().stocks.of(itemStock(on.item, inventoryId)).read();
    const events = await store.readStream(stockStream(itemStock(on.item, inventoryId)), { limit: 100 });
    const times = events.filter(({ metadata }) => metadata.commandId === on.commandId).map(({ type }) => type);
    return { answers, lent: balance.lent, times };
  }

  describe.each(requests)('a $name', (request) => {
    it.each([undefined, ...faults])('is done once, and a retry is told so, whatever fails: %s', async (fault) => {
      const { answers, lent, times } = await failing(request, fault);
      expect({ times, lent }).toEqual({ times: [request.records], lent: request.lentAfter });
      const [one, other] = answers;
      expect(one).toMatchObject({ value: request.answer });
      expect(other).toMatchObject({ value: (one as { value: object }).value });
    });
  });
});
