import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { CommandRuntime, Numbers, PurchaseReservations } from '#commands';
import { itemStock, type ItemId } from '#domain';
import type { EventStore } from '#event-store';
import { HoldIds, PurchaseIds } from '#ids';
import type { Pool } from '#platform';
import { HoldQueries, PurchaseQueries, ReturnQueries } from '#read-models';
import { systemContext, type UseCaseContext } from '#use-cases';
import { Items } from '../../../apps/command-api/catalog/items.ts';
import { ConfirmedHolds } from '../../../apps/command-api/holds/confirmed-holds.ts';
import { Holds } from '../../../apps/command-api/holds/holds.ts';
import { ReturnHold, ReturnHoldHandler } from '../../../apps/command-api/holds/return-hold.ts';
import { Purchases } from '../../../apps/command-api/purchases/purchases.ts';
import { ReturnPurchase, ReturnPurchaseHandler } from '../../../apps/command-api/purchases/return-purchase.ts';
import { Slots } from '../../../apps/command-api/slots/slots.ts';
import { GiveBacks } from '../../../apps/command-api/stock/give-backs.ts';
import { PurchaseLimits } from '../../../apps/command-api/stock/purchase-limits.ts';
import { Stocks } from '../../../apps/command-api/stock/stocks.ts';
import { metrics } from '../metrics.ts';

export const customer = 'user_ann';
const secret = 'Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba';
const purchaseIds = new PurchaseIds(secret);
const holdIds = new HoldIds(secret);

export function requestOf(patienceMs: number, commandId = randomUUID() as string): UseCaseContext {
  const deadline = Date.now() + patienceMs;
  return { commandId, correlationId: 'c', userId: 'user_staff', role: 'staff', isRepeatable: true, deadline };
}

/** What of one command-api gives back what was bought and booked. No read model is built: all is found in the events. */
export class Counter {
  readonly stocks: Stocks;
  readonly #items: Items;
  readonly #returningPurchases: ReturnPurchaseHandler;
  readonly #returningHolds: ReturnHoldHandler;

  constructor(store: EventStore, pool: Pool) {
    const runtime = new CommandRuntime({ store, metrics });
    this.stocks = new Stocks(runtime);
    this.#items = new Items(runtime, new Numbers(pool));
    const log = pino({ level: 'silent' });
    const limits = new PurchaseLimits(new PurchaseReservations(pool), this.stocks, store, log);
    const slots = new Slots(runtime);
    const giveBacks = new GiveBacks(this.stocks, this.#items, slots, new ReturnQueries(pool), store, limits);
    const purchases = new Purchases(purchaseIds, new PurchaseQueries(pool), store);
    this.#returningPurchases = new ReturnPurchaseHandler(purchases, giveBacks);
    const confirmed = new ConfirmedHolds(this.stocks, new HoldQueries(pool), store);
    this.#returningHolds = new ReturnHoldHandler(new Holds(holdIds, store), confirmed, giveBacks);
  }

  async provide(itemId: ItemId, quantity: number): Promise<void> {
    const provide = { type: 'Provide', quantity, provideId: null } as const;
    await this.stocks.of(itemStock(itemId)).execute(provide, systemContext(10_000));
  }

  async buy(itemId: ItemId, quantity: number): Promise<string> {
    const stock = itemStock(itemId);
    const purchaseId = purchaseIds.make(stock, Date.now());
    const purchase = { type: 'Purchase', purchaseId, customerId: customer, quantity } as const;
    await this.stocks.of(stock).execute(purchase, systemContext(10_000));
    return purchaseId;
  }

  async book(itemId: ItemId, quantity: number): Promise<string> {
    const stock = itemStock(itemId);
    const { id, holdId } = holdIds.make(stock, Date.now());
    const of = { holdId, customerId: customer } as const;
    await this.stocks.of(stock).execute({ type: 'Hold', ...of, quantity, ttlMs: 60_000 }, systemContext(10_000));
    await this.stocks.of(stock).execute({ type: 'ConfirmHold', ...of }, systemContext(10_000));
    return id;
  }

  giveBack(id: string, quantity: number, context: UseCaseContext) {
    const wanted = { quantity, reason: null };
    return id.startsWith('hold_')
      ? this.#returningHolds.execute(new ReturnHold(context, id, wanted))
      : this.#returningPurchases.execute(new ReturnPurchase(context, id, wanted));
  }
}
