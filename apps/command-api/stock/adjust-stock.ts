import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, itemStock, reject } from '#domain';
import type { InventoryRejection, ItemId, ItemRejection, StockId, StockRejection } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { Inventories, mayActAt } from '../lending/inventories.ts';
import { Stocks } from './stocks.ts';

export interface AdjustedStock {
  readonly itemId: ItemId;
  readonly available: number;
  readonly delta: number;
  readonly reason: string;
}

export interface Adjustment {
  readonly delta: number;
  readonly reason: string;
  /** What was available when the caller last looked. */
  readonly expectedAvailable?: number;
}

type Rejection = ItemRejection | StockRejection | InventoryRejection | { readonly code: 'FORBIDDEN' } | KeyReused;
type Outcome = UseCaseOutcome<AdjustedStock, Rejection>;

/** Corrects the stock of an item in an inventory. */
export class AdjustStock extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly inventory: string,
    readonly adjustment: Adjustment,
  ) {
    super();
  }
}

@CommandHandler(AdjustStock)
export class AdjustStockHandler implements ICommandHandler<AdjustStock> {
  constructor(
    private readonly items: Items,
    private readonly inventories: Inventories,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, idOrNumber, inventory: number, adjustment }: AdjustStock): Promise<Outcome> {
    const named = this.inventories.idOf(number);
    if (isRejected(named)) return named;
    const inventory = await this.inventories.find(named.id);
    if (isRejected(inventory)) return inventory;
    if (!mayActAt(inventory, context)) return reject({ code: 'FORBIDDEN' });
    const item = await this.items.find(idOrNumber);
    if (isRejected(item)) return item;
    const stock = itemStock(item.id, named.id);
    if (adjustment.delta === 0) return this.#confirm(item.id, stock, adjustment, context);
    const command = { type: 'Adjust', ...adjustment } as const;
    const adjusted = await this.stocks.of(stock).record('StockAdjusted', command, context);
    if (isRejected(adjusted)) return adjusted;
    const { event, write } = adjusted;
    const { balance, delta, reason } = event;
    return done({ itemId: item.id, available: balance.available, delta, reason }, write);
  }

  /** Nothing is recorded: it only asks whether what is expected is so. */
  async #confirm(
    itemId: ItemId,
    stockId: StockId,
    { delta, reason, ...expected }: Adjustment,
    context: UseCaseContext,
  ): Promise<Outcome> {
    const stock = this.stocks.of(stockId);
    const confirmed = await stock.execute({ type: 'Adjust', delta, reason, ...expected }, context);
    if (isRejected(confirmed)) return confirmed;
    const { balance } = await stock.read();
    return done({ itemId, available: balance.available, delta, reason }, confirmed.write);
  }
}
