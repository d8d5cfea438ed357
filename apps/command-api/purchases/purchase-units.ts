import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { commandIdOf } from '#commands';
import { isRejected, itemStock, type ItemRejection, type StockRejection, type ItemId } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { Stocks } from '../stock/stocks.ts';
import { unknownOr } from '../stock/unknown-or.ts';

export interface PurchasedUnits {
  readonly purchaseId: string;
  readonly itemId: ItemId;
  readonly quantity: number;
  readonly remaining: number;
  readonly purchasedAt: string;
}

export type PurchaseOutcome = UseCaseOutcome<PurchasedUnits, ItemRejection | StockRejection | KeyReused>;

/** Buys units of an item at once. */
export class PurchaseUnits extends Command<PurchaseOutcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly quantity: number,
  ) {
    super();
  }
}

@CommandHandler(PurchaseUnits)
export class PurchaseUnitsHandler implements ICommandHandler<PurchaseUnits> {
  constructor(
    private readonly items: Items,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, idOrNumber, quantity }: PurchaseUnits): Promise<PurchaseOutcome> {
    const itemId = await this.items.idOf(idOrNumber);
    if (isRejected(itemId)) return itemId;
    // Made of the command and the item, so that a retry is the same purchase, and another item never is.
    const purchaseId = `pur_${commandIdOf(context.commandId, itemId.id).replaceAll('-', '')}`;
    const command = { type: 'Purchase', purchaseId, customerId: context.userId, quantity } as const;
    const purchased = await this.stocks.of(itemStock(itemId.id)).record('UnitsPurchased', command, context);
    if (isRejected(purchased)) return unknownOr(purchased, () => this.items.find(itemId.id));
    const { event, at, write } = purchased;
    const { available: remaining } = event.balance;
    const purchasedAt = new Date(at).toISOString();
    return done(
      { purchaseId: event.purchaseId, itemId: itemId.id, quantity: event.quantity, remaining, purchasedAt },
      write,
    );
  }
}
