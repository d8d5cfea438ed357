import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { CommandRuntime, Numbers } from '#commands';
import { itemStock, stockAggregate, transferAggregate } from '#domain';
import type { InventoryDetails, InventoryId, ItemId, StockCommand, StockEvent, Transfer } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { Users } from '#people';
import type { Pool } from '#platform';
import { systemContext, type UseCaseContext } from '#use-cases';
import { Items } from '../../../apps/command-api/catalog/items.ts';
import { FinishTransfer, FinishTransferHandler } from '../../../apps/command-api/lending/finish-transfer.ts';
import { Inventories } from '../../../apps/command-api/lending/inventories.ts';
import { TransferRunner } from '../../../apps/command-api/lending/transfer-runner.ts';
import { TransferUnits, TransferUnitsHandler } from '../../../apps/command-api/lending/transfer-units.ts';
import { Transfers } from '../../../apps/command-api/lending/transfers.ts';
import { Stocks } from '../../../apps/command-api/stock/stocks.ts';
import { metrics } from '../metrics.ts';

export const owner = 'user_ann';
export const source: InventoryId = 2;
export const target: InventoryId = 3;
const patienceMs = 10_000;

/** A request of the owner of the source. */
export function requestOf(deadlineMs: number, commandId = randomUUID() as string): UseCaseContext {
  const deadline = Date.now() + deadlineMs;
  return { commandId, correlationId: 'c', userId: owner, role: 'customer', isRepeatable: true, deadline };
}

/** What of one command-api has to do with transfers. */
export class Mover {
  readonly #stocks: Stocks;
  readonly #items: Items;
  readonly #inventories: Inventories;
  readonly #transfers: Transfers;
  readonly #numbers: Numbers;
  readonly #moving: TransferUnitsHandler;
  readonly #finishing: FinishTransferHandler;

  constructor(store: EventStore, pool: Pool) {
    const runtime = new CommandRuntime({ store, metrics });
    this.#numbers = new Numbers(pool);
    this.#items = new Items(runtime, this.#numbers);
    this.#stocks = new Stocks(runtime);
    this.#inventories = new Inventories(runtime, new Users(pool));
    this.#transfers = new Transfers(runtime);
    const runner = new TransferRunner(this.#transfers, this.#stocks, store, pino({ level: 'silent' }));
    this.#moving = new TransferUnitsHandler(
      this.#inventories,
      this.#items,
      this.#stocks,
      this.#numbers,
      this.#transfers,
      runner,
    );
    this.#finishing = new FinishTransferHandler(this.#transfers, runner);
  }

  async open(inventoryId: InventoryId, ownerId: string): Promise<void> {
    const limits = { openLendsMax: null, lentUnitsMax: null, overdueLendsMax: null };
    const terms = { lends: true, takesProvides: true, defaultLendSeconds: null, renewalsMax: 0, ...limits };
    const command = { type: 'OpenInventory', inventoryId, ownerId, name: 'x', description: '', ...terms } as const;
    await this.#inventories.of(inventoryId).execute(command, systemContext(patienceMs));
  }

  async changeInventory(inventoryId: InventoryId, change: Partial<InventoryDetails>): Promise<void> {
    const command = { type: 'ChangeInventory', inventoryId, change } as const;
    await this.#inventories.of(inventoryId).execute(command, systemContext(patienceMs));
  }

  async createItem(itemId: ItemId): Promise<void> {
    const command = { type: 'CreateItem', itemId, number: 1, name: itemId, price: 100 } as const;
    await this.#items.of(itemId).execute(command, systemContext(patienceMs));
  }

  async change(itemId: ItemId, inventoryId: InventoryId, command: StockCommand): Promise<void> {
    await this.#stocks.of(itemStock(itemId, inventoryId)).execute(command, systemContext(patienceMs));
  }

  move(item: ItemId, quantity: number, context: UseCaseContext) {
    return this.#moving.execute(new TransferUnits(context, String(source), { item, quantity, toInventoryId: target }));
  }

  async finish(transferId: number): Promise<void> {
    await this.#finishing.execute(new FinishTransfer(systemContext(patienceMs), transferId));
  }

  /** The number of the transfer that a request makes. */
  numberOf({ commandId }: UseCaseContext): Promise<number> {
    return this.#numbers.assign('transfer', commandId, 'transfer');
  }

  transfer(transferId: number): Promise<Transfer> {
    return this.#transfers.of(transferId).read();
  }

  async total(itemId: ItemId, inventoryId: InventoryId): Promise<number> {
    return (await this.#stocks.of(itemStock(itemId, inventoryId)).read()).balance.total;
  }
}

/** The types of all events of a transfer of the item, in its stocks and in its own stream. */
export async function recordedOf(store: EventStore, itemId: ItemId, transferId: number): Promise<readonly string[]> {
  const read = (stream: string) => store.readStream(stream, { limit: 1000 });
  const [sent, received, own] = await Promise.all([
    read(stockAggregate.streamOf(itemStock(itemId, source))),
    read(stockAggregate.streamOf(itemStock(itemId, target))),
    read(transferAggregate.streamOf(transferId)),
  ]);
  const ofStocks = [...sent, ...received].map((each): StockEvent => codecOf(stockAggregate).decode(each));
  return [...ofStocks.filter((event) => 'transferId' in event), ...own].map(({ type }) => type);
}
