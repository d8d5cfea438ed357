import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { isRejected, type Rejected, type StockRejection } from '#domain';
import { done, rejectField } from '#use-cases';
import type { FieldRejection, KeyReused, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { onlyRepeats } from '../catalog/unique-value.ts';
import { Stocks } from '../stock/stocks.ts';
import { Lends, type NamedLend } from './lends.ts';

type NoTime = FieldRejection<'future' | 'required'>;
type Outcome = UseCaseOutcome<LendAnswer, StockRejection | KeyReused | NoTime>;

/** Gives a lend another due time: the one that is asked for, or what the inventory gives from now. */
export class RenewLend extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly number: string,
    /** In milliseconds since 1970. */
    readonly dueAt: number | undefined,
  ) {
    super();
  }
}

@CommandHandler(RenewLend)
export class RenewLendHandler implements ICommandHandler<RenewLend> {
  constructor(
    private readonly lends: Lends,
    private readonly stocks: Stocks,
  ) {}

  async execute({ context, number, dueAt: wanted }: RenewLend): Promise<Outcome> {
    const lend = await this.lends.named(number, context);
    if (isRejected(lend)) return lend;
    const { lendId, stock, borrowerId, terms } = lend;
    const due = dueAtOf(wanted, lend);
    // What cannot be renewed now is answered if the same request was recorded before.
    const dueAt = isRejected(due) ? { dueAt: 0, ...onlyRepeats } : due;
    const command = { type: 'RenewLend', lendId, borrowerId, renewalsMax: terms.renewalsMax, ...dueAt } as const;
    const renewed = await this.stocks.of(stock).record('LendRenewed', command, context);
    if (isRejected(renewed)) return isRejected(due) ? due : renewed;
    return done(await this.lends.answer(stock, renewed.event, null), renewed.write);
  }
}

function dueAtOf(
  wanted: number | undefined,
  { terms: { defaultLendSeconds } }: NamedLend,
): { readonly dueAt: number } | Rejected<NoTime> {
  if (wanted !== undefined) return wanted > Date.now() ? { dueAt: wanted } : rejectField('due_at', 'future', {});
  if (defaultLendSeconds === null) return rejectField('due_at', 'required', {});
  return { dueAt: Date.now() + defaultLendSeconds * 1000 };
}
