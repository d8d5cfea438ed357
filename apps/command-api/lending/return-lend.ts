import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { isRejected, reject, type Condition, type LendId, type StockRejection, type UnitsReturned } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Stocks } from '../stock/stocks.ts';
import { Lends } from './lends.ts';

type Outcome = UseCaseOutcome<LendAnswer, StockRejection | KeyReused>;

export interface ReturnedUnits {
  /** All that is still lent, unless given. */
  readonly quantity?: number;
  readonly condition: Condition;
  readonly note: string | null;
}

/** Takes back what was lent, or a part of it. */
export class ReturnLend extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly number: string,
    readonly returned: ReturnedUnits,
  ) {
    super();
  }
}

@CommandHandler(ReturnLend)
export class ReturnLendHandler implements ICommandHandler<ReturnLend> {
  constructor(
    private readonly lends: Lends,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, number, returned }: ReturnLend): Promise<Outcome> {
    const lend = await this.lends.named(number, context);
    if (isRejected(lend)) return lend;
    const { lendId, stock, borrowerId } = lend;
    const command = { type: 'Return', lendId, borrowerId, ...returned } as const;
    const back = await this.stocks.of(stock).record('UnitsReturned', command, context);
    if (isRejected(back)) return back;
    const { event, at, write } = back;
    // The key was used for another return: Redis had lost the fingerprint of the key.
    if (!isSame(event, lendId, returned)) return reject({ code: 'KEY_REUSED' });
    const returnedAt = event.returnedQuantity === event.quantity ? at : null;
    return done(await this.lends.answer(stock, event, returnedAt), write);
  }
}

function isSame(
  event: UnitsReturned,
  lendId: LendId,
  { quantity = event.partQuantity, condition }: ReturnedUnits,
): boolean {
  return event.lendId === lendId && event.partQuantity === quantity && event.condition === condition;
}
