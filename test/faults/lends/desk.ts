import { randomUUID } from 'node:crypto';
import { CommandRuntime, LendReservations, Numbers } from '#commands';
import { itemStock, type ItemId } from '#domain';
import type { EventStore } from '#event-store';
import { HoldIds } from '#ids';
import { Users } from '#people';
import type { Pool } from '#platform';
import { OpenLends } from '#read-models';
import { systemContext, type UseCaseContext } from '#use-cases';
import { Items } from '../../../apps/command-api/catalog/items.ts';
import { Holds } from '../../../apps/command-api/holds/holds.ts';
import { BorrowerLimits } from '../../../apps/command-api/lending/borrower-limits.ts';
import { Inventories } from '../../../apps/command-api/lending/inventories.ts';
import { LendUnits, LendUnitsHandler } from '../../../apps/command-api/lending/lend-units.ts';
import { Lends } from '../../../apps/command-api/lending/lends.ts';
import { RenewLend, RenewLendHandler } from '../../../apps/command-api/lending/renew-lend.ts';
import { ReturnLend, ReturnLendHandler } from '../../../apps/command-api/lending/return-lend.ts';
import { ActingUsers } from '../../../apps/command-api/people/acting-users.ts';
import { Stocks } from '../../../apps/command-api/stock/stocks.ts';
import { metrics } from '../metrics.ts';

export const borrower = 'user_ann';
/** That the desk lends from. */
export const inventoryId = 2;
const holdIds = new HoldIds('Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba');
const dayMs = 86_400_000;
/** The same for every attempt of a request. */
const renewedUntil = Date.now() + dayMs;

export function requestOf(patienceMs: number, commandId = randomUUID() as string): UseCaseContext {
  const deadline = Date.now() + patienceMs;
  return { commandId, correlationId: 'c', userId: borrower, role: 'customer', isRepeatable: true, deadline };
}

/** What of one command-api has to do with lends. */
export class Desk {
  readonly stocks: Stocks;
  readonly #items: Items;
  readonly #inventories: Inventories;
  readonly #lending: LendUnitsHandler;
  readonly #returning: ReturnLendHandler;
  readonly #renewing: RenewLendHandler;

  constructor(store: EventStore, pool: Pool) {
    const runtime = new CommandRuntime({ store, metrics });
    const numbers = new Numbers(pool);
    const users = new Users(pool);
    this.#items = new Items(runtime, numbers);
    this.#inventories = new Inventories(runtime, users);
    this.stocks = new Stocks(runtime);
    const lends = new Lends(numbers, this.#inventories, this.#items, users);
    this.#lending = new LendUnitsHandler(
      this.#inventories,
      new ActingUsers(users),
      this.#items,
      this.stocks,
      new Holds(holdIds, store),
      lends,
      new BorrowerLimits(new LendReservations(pool), new OpenLends(pool), numbers, this.stocks),
    );
    this.#returning = new ReturnLendHandler(lends, this.stocks);
    this.#renewing = new RenewLendHandler(lends, this.stocks);
  }

  /** An inventory that lends, and allows one renewal. */
  async open(): Promise<void> {
    const terms = { defaultLendSeconds: null, renewalsMax: 1, openLendsMax: null, lentUnitsMax: null };
    const details = { name: 'x', description: '', lends: true, takesProvides: true, ...terms, overdueLendsMax: null };
    const command = { type: 'OpenInventory', inventoryId, ownerId: 'user_bob', ...details } as const;
    await this.#inventories.of(inventoryId).execute(command, systemContext(10_000));
  }

  /** An item with this many units. */
  async stock(itemId: ItemId, quantity: number): Promise<void> {
    const context = systemContext(10_000);
    await this.#items.of(itemId).execute({ type: 'CreateItem', itemId, number: 1, name: itemId, price: 100 }, context);
    await this.provide(itemId, quantity);
  }

  async provide(itemId: ItemId, quantity: number): Promise<void> {
    const provide = { type: 'Provide', quantity, provideId: null } as const;
    await this.stocks.of(itemStock(itemId, inventoryId)).execute(provide, systemContext(10_000));
  }

  lend(item: ItemId, quantity: number, context: UseCaseContext, dueAt: number | null = null) {
    return this.#lending.execute(new LendUnits(context, { item, quantity, inventoryId, borrower: undefined }, dueAt));
  }

  giveBack(lendId: number, quantity: number, context: UseCaseContext) {
    const returned = { quantity, condition: 'ok', note: null } as const;
    return this.#returning.execute(new ReturnLend(context, String(lendId), returned));
  }

  renew(lendId: number, context: UseCaseContext) {
    return this.#renewing.execute(new RenewLend(context, String(lendId), renewedUntil));
  }
}
