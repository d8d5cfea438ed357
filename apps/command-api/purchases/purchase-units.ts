import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { purchaseAnswer, type PurchaseAnswer } from '#answers';
import { isRejected, itemStock, type ItemRejection, type Labels, type StockRejection } from '#domain';
import { PurchaseIds } from '#ids';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items } from '../catalog/items.ts';
import { PurchaseLimits } from '../stock/purchase-limits.ts';
import { Stocks } from '../stock/stocks.ts';
import { unknownOr } from '../stock/unknown-or.ts';

export type PurchaseOutcome = UseCaseOutcome<PurchaseAnswer, ItemRejection | StockRejection | KeyReused>;

/** Buys units of an item at once. */
export class PurchaseUnits extends Command<PurchaseOutcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly quantity: number,
    readonly labels: Labels | undefined,
  ) {
    super();
  }
}

@CommandHandler(PurchaseUnits)
export class PurchaseUnitsHandler implements ICommandHandler<PurchaseUnits> {
  constructor(
    private readonly items: Items,
    private readonly stocks: Stocks,
    private readonly purchaseIds: PurchaseIds,
    private readonly limits: PurchaseLimits,
  ) {}

  async execute({ context, idOrNumber, quantity, labels }: PurchaseUnits): Promise<PurchaseOutcome> {
    const itemId = await this.items.idOf(idOrNumber);
    if (isRejected(itemId)) return itemId;
    const stock = itemStock(itemId.id);
    // A retry is answered with the id that was recorded.
    const purchaseId = this.purchaseIds.make(stock, Date.now());
    const command = { type: 'Purchase', purchaseId, customerId: context.userId, quantity, labels } as const;
    const purchased = await this.limits.within(stock, command, context, (counted) =>
      this.stocks.of(stock).record('UnitsPurchased', counted, context),
    );
    if (isRejected(purchased)) return unknownOr(purchased, () => this.items.find(itemId.id));
    const { event, at, write } = purchased;
    const { available: remaining } = event.balance;
    return done(purchaseAnswer({ ...event, stock, remaining, at: new Date(at) }), write);
  }
}
