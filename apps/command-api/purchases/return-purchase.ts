import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { purchaseAnswer, type PurchaseAnswer } from '#answers';
import { isRejected, type StockRejection } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { GiveBacks, type WantedReturn } from '../stock/give-backs.ts';
import { Purchases } from './purchases.ts';

type Outcome = UseCaseOutcome<PurchaseAnswer, StockRejection | KeyReused | { readonly code: 'PURCHASE_NOT_FOUND' }>;

/** Gives back what was bought, or a part of it. */
export class ReturnPurchase extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
    readonly wanted: WantedReturn,
  ) {
    super();
  }
}

@CommandHandler(ReturnPurchase)
export class ReturnPurchaseHandler implements ICommandHandler<ReturnPurchase> {
  constructor(
    private readonly purchases: Purchases,
    private readonly giveBacks: GiveBacks,
  ) {}

  async execute({ context, id, wanted }: ReturnPurchase): Promise<Outcome> {
    const purchase = await this.purchases.find(id, context);
    if (isRejected(purchase)) return purchase;
    const { stock, event, taken } = purchase;
    const back = await this.giveBacks.record(stock, taken, wanted, context);
    if (isRejected(back)) return back;
    const { available: remaining } = event.balance;
    const shown = { ...event, stock, remaining, at: new Date(taken.takenAt) };
    return done(purchaseAnswer(shown, back.event.returnedQuantity), back.write);
  }
}
