import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { CommandRuntime, Numbers, PostgresSnapshots, PurchaseReservations } from '#commands';
import { commandMigrations } from '#commands/migrations';
import { isRejected, itemStock, SortedMap, stockAggregate, stockStream, type StockCommand } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { WireDouble } from '#dev/event-store-double';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { ReturnQueries } from '#read-models';
import { systemContext, type StreamContext } from '#use-cases';
import { Items } from '../../apps/command-api/catalog/items.ts';
import { Slots } from '../../apps/command-api/slots/slots.ts';
import { GiveBacks } from '../../apps/command-api/stock/give-backs.ts';
import { PurchaseLimits } from '../../apps/command-api/stock/purchase-limits.ts';
import { Stocks } from '../../apps/command-api/stock/stocks.ts';
import { metrics } from './metrics.ts';

/** A stock counts what so many customers take. */
const customersCountedMax = 100_000;
const purchaseLimit = 3;
const inTimeMs = 10_000;
const stock = itemStock('flash');
type Taking = Extract<StockCommand, { readonly type: 'Purchase' | 'ConfirmHold' | 'ReserveForOrder' }>;

describe.each(['PostgreSQL', 'EventStoreDB'] as const)(
  'a purchase limit after a hundred thousand customers, with events in %s,',
  (kind) => {
    let database: FreshDatabase;
    let double: WireDouble | undefined;
    let store: EventStore;
    let shops: [Shop, Shop];
    let customers = 0;

    /** What of one command-api sells. */
    class Shop {
      readonly stocks: Stocks;
      readonly reservations: PurchaseReservations;
      readonly #limits: PurchaseLimits;
      readonly #giveBacks: GiveBacks;

      constructor(reservedMs?: number) {
        const { pool } = database;
        const snapshots = new PostgresSnapshots(pool);
        const runtime = new CommandRuntime({ store, snapshots, metrics });
        this.stocks = new Stocks(runtime);
        this.reservations = new PurchaseReservations(pool, reservedMs);
        this.#limits = new PurchaseLimits(this.reservations, this.stocks, store, pino({ level: 'silent' }));
        const items = new Items(runtime, new Numbers(pool));
        const returns = new ReturnQueries(pool);
        this.#giveBacks = new GiveBacks(this.stocks, items, new Slots(runtime), returns, store, this.#limits);
      }

      async take(command: Taking, context: StreamContext = systemContext(inTimeMs)): Promise<string> {
        const stream = this.stocks.of(stock);
        const sent = await this.#limits.within(stock, command, context, (counted) => stream.execute(counted, context));
        return isRejected(sent) ? sent.rejection.code : 'taken';
      }

      buy(customerId: string, quantity: number, purchaseId = randomUUID() as string, context?: StreamContext) {
        return this.take({ type: 'Purchase', purchaseId, customerId, quantity }, context);
      }

      giveBack(customerId: string, sourceId: string, takenQuantity: number, quantity: number) {
        const taken = { source: 'purchase', sourceId, customerId, takenQuantity, takenAt: Date.now() } as const;
        const staff = { ...systemContext(inTimeMs), userId: 'user_staff', role: 'staff', isRepeatable: true } as const;
        return this.#giveBacks.record(stock, taken, { quantity, reason: null }, staff);
      }
    }

    beforeAll(async () => {
      database = await freshDatabase([...eventStoreMigrations, ...commandMigrations]);
      double = kind === 'EventStoreDB' ? await WireDouble.start() : undefined;
      store = await connectEventStore(double?.url ?? database.url);
      await soldToMany();
      shops = [new Shop(), new Shop()];
    });

    afterAll(async () => {
      await store.close();
      await double?.stop();
      await database.drop();
    });

    /** The state that the stock would have, as a snapshot of a stream that is short. */
    async function soldToMany(): Promise<void> {
      const { stocks } = new Shop();
      await stocks.of(stock).execute({ type: 'Provide', quantity: 1000, provideId: null }, systemContext(inTimeMs));
      await stocks.of(stock).execute({ type: 'SetSaleTerms', purchaseLimit }, systemContext(inTimeMs));
      const state = await stocks.of(stock).read();
      const counted = Array.from({ length: customersCountedMax }, (_, n) => [`c${n}`, 1] as const);
      const [last] = await store.readStream(stockStream(stock), { direction: 'backwards', limit: 1 });
      if (last === undefined) throw new Error('nothing was recorded');
      const { snapshots: format } = stockAggregate;
      await new PostgresSnapshots(database.pool).save(stockStream(stock), format.version, {
        revision: last.revision,
        eventId: last.id,
        lastAt: last.metadata.at,
        state: format.save({ ...state, takenByCustomer: SortedMap.from(counted) }),
        recent: [],
      });
    }

    function newCustomer(): string {
      return `late_${(customers += 1)}`;
    }

    function rowsOf(customerId: string) {
      return shops[0].reservations.of({ stock: stockStream(stock), customerId });
    }

    it('lets the next one buy up to it, and not beyond', async () => {
      const ann = newCustomer();
      const [shop] = shops;
      expect(await shop.buy(ann, 4)).toBe('LIMIT_PER_CUSTOMER');
      expect([await shop.buy(ann, 2), await shop.buy(ann, 2), await shop.buy(ann, 1), await shop.buy(ann, 1)]).toEqual([
        'taken',
        'LIMIT_PER_CUSTOMER',
        'taken',
        'LIMIT_PER_CUSTOMER',
      ]);
      // Who is counted by the stock has no row.
      expect([await shop.buy('c5', 2), await shop.buy('c5', 1)]).toEqual(['taken', 'LIMIT_PER_CUSTOMER']);
      expect(await rowsOf('c5')).toEqual([]);
    });

    it('holds for twenty at once over two processes', async () => {
      const ann = newCustomer();
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => (shops[n % 2] as Shop).buy(ann, 1)));
      expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(purchaseLimit);
      expect(new Set(outcomes)).toEqual(new Set(['taken', 'LIMIT_PER_CUSTOMER']));
    });

    it('counts purchases, confirmed holds and orders together, and a released order no more', async () => {
      const ann = newCustomer();
      const [shop, other] = shops;
      const [holdId, orderId] = [randomUUID(), randomUUID()];
      const held = { type: 'Hold', holdId, customerId: ann, quantity: 2, ttlMs: 60_000 } as const;
      await shop.stocks.of(stock).execute(held, systemContext(inTimeMs));
      const order = { type: 'ReserveForOrder', orderId, submittedAt: Date.now(), customerId: ann, holds: [] } as const;
      expect(await other.take({ ...order, quantity: 2 })).toBe('taken');
      const confirm = { type: 'ConfirmHold', holdId, customerId: null } as const;
      expect(await shop.take(confirm)).toBe('LIMIT_PER_CUSTOMER');
      expect(await shop.take({ ...confirm, quantity: 1 })).toBe('taken');
      expect(await shop.take({ ...confirm, quantity: 1 })).toBe('HOLD_CONFIRMED');
      expect(await other.buy(ann, 1)).toBe('LIMIT_PER_CUSTOMER');
      const release = { type: 'ReleaseOrder', orderId, submittedAt: order.submittedAt } as const;
      await shop.stocks.of(stock).execute(release, systemContext(inTimeMs));
      expect(await other.buy(ann, 2)).toBe('taken');
      expect(await other.buy(ann, 1)).toBe('LIMIT_PER_CUSTOMER');
    });

    it('keeps no place for a process that was killed before its append, and keeps that of one killed after it', async () => {
      const ann = newCustomer();
      const buyer = { stock: stockStream(stock), customerId: ann };
      const late = new Shop(-1);
      const source = (sourceId: string) => ({ source: 'purchase', sourceId, quantity: 3, commandId: null }) as const;
      await late.reservations.reserve(buyer, source('lost'), purchaseLimit);
      expect(await shops[0].buy(ann, 1)).toBe('taken');
      expect((await rowsOf(ann)).map(({ sourceId }) => sourceId)).not.toContain('lost');
      const bob = newCustomer();
      const ofBob = { ...buyer, customerId: bob };
      await late.reservations.reserve(ofBob, source('kept'), purchaseLimit);
      const bought = { type: 'Purchase', purchaseId: 'kept', customerId: bob, quantity: 3, isCounted: true } as const;
      await late.stocks.of(stock).execute(bought, systemContext(inTimeMs));
      expect(await shops[0].buy(bob, 1)).toBe('LIMIT_PER_CUSTOMER');
      expect(await rowsOf(bob)).toMatchObject([{ sourceId: 'kept', isRecorded: true }]);
    });

    it('counts a repeated purchase once, also when the first attempt has recorded nothing', async () => {
      const ann = newCustomer();
      const context = systemContext(inTimeMs);
      const { commandId } = context;
      const source = { source: 'purchase', sourceId: 'first', quantity: 3, commandId } as const;
      await shops[0].reservations.reserve({ stock: stockStream(stock), customerId: ann }, source, purchaseLimit);
      expect(await shops[1].buy(ann, 3, 'second', context)).toBe('taken');
      expect(await shops[0].buy(ann, 3, 'third', context)).toBe('taken');
      expect(await new Shop().buy(ann, 3, 'fourth', context)).toBe('taken');
      expect(await rowsOf(ann)).toMatchObject([{ sourceId: 'first', quantity: 3 }]);
    });

    it('does not count what was given back, also when the row does not say so', async () => {
      const ann = newCustomer();
      const [shop, other] = shops;
      const buyer = { stock: stockStream(stock), customerId: ann };
      expect(await shop.buy(ann, 3, 'of-ann')).toBe('taken');
      expect(isRejected(await other.giveBack(ann, 'of-ann', 3, 1))).toBe(false);
      expect(await rowsOf(ann)).toMatchObject([{ quantity: 3, givenBack: 1 }]);
      expect([await shop.buy(ann, 1, 'one-more'), await shop.buy(ann, 1)]).toEqual(['taken', 'LIMIT_PER_CUSTOMER']);
      const unsaid = { type: 'GiveBack', source: 'purchase', sourceId: 'of-ann', customerId: ann } as const;
      const rest = { takenQuantity: 3, takenAt: Date.now(), quantity: 2, reason: null, until: null } as const;
      await shop.stocks.of(stock).execute({ ...unsaid, ...rest }, systemContext(inTimeMs));
      expect([await other.buy(ann, 2), await other.buy(ann, 1)]).toEqual(['taken', 'LIMIT_PER_CUSTOMER']);
      expect(await other.giveBack(ann, 'one-more', 1, 1)).toMatchObject({ event: { quantity: 1 } });
      expect((await shop.reservations.of(buyer)).map(({ sourceId }) => sourceId)).not.toContain('one-more');
    });

    it('keeps no row of what is rejected', async () => {
      const ann = newCustomer();
      const [shop] = shops;
      await shop.stocks.of(stock).execute({ type: 'SetClosingTime', closesAt: 1 }, systemContext(inTimeMs));
      expect(await shop.buy(ann, 1)).toBe('CLOSED');
      await shop.stocks.of(stock).execute({ type: 'SetClosingTime', closesAt: null }, systemContext(inTimeMs));
      expect(await rowsOf(ann)).toEqual([]);
    });
  },
);
