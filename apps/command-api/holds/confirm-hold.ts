import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, mainInventory, reject, type StockId } from '#domain';
import type { UseCaseContext } from '#use-cases';
import { PurchaseLimits } from '../stock/purchase-limits.ts';
import { Stocks } from '../stock/stocks.ts';
import { Holds, type HoldOutcome } from './holds.ts';

/** Takes what is held, or a part of it; the rest is given back. */
export class ConfirmHold extends Command<HoldOutcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly id: string,
    readonly quantity: number | undefined,
  ) {
    super();
  }
}

@CommandHandler(ConfirmHold)
export class ConfirmHoldHandler implements ICommandHandler<ConfirmHold> {
  constructor(
    private readonly holds: Holds,
    private readonly stocks: Stocks,
    private readonly limits: PurchaseLimits,
  ) {}

  async execute({ context, id, quantity }: ConfirmHold): Promise<HoldOutcome> {
    const hold = this.holds.named(id, context);
    if (isRejected(hold)) return hold;
    const { holdId, stock, customerId } = hold;
    if (isToLend(stock)) return reject({ code: 'HOLD_NOT_FOR_SALE' });
    const part = quantity === undefined ? {} : { quantity };
    const command = { type: 'ConfirmHold', holdId, customerId, ...part } as const;
    const confirmed = await this.limits.within(stock, command, context, (counted) =>
      this.stocks.of(stock).record('HoldConfirmed', counted, context),
    );
    if (isRejected(confirmed)) return this.holds.asClientsKnowIt(confirmed, hold, context);
    return this.holds.changed(hold, confirmed);
  }
}

/** Sales come from the main inventory; from the others, units are lent. */
function isToLend(stock: StockId): boolean {
  return stock.kind === 'item' && stock.inventoryId !== mainInventory;
}
