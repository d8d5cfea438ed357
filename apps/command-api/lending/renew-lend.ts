import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { isRejected, type Rejected, type StockRejection } from '#domain';
import { done, rejectField } from '#use-cases';
import type { FieldRejection, KeyReused, UseCaseContext, UseCaseOutcome } from '#use-cases';
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
    const dueAt = dueAtOf(wanted, lend);
    if (typeof dueAt !== 'number') return dueAt;
    const { lendId, stock, borrowerId, terms } = lend;
    const command = { type: 'RenewLend', lendId, borrowerId, dueAt, renewalsMax: terms.renewalsMax } as const;
    const renewed = await this.stocks.of(stock).record('LendRenewed', command, context);
    if (isRejected(renewed)) return renewed;
    return done(await this.lends.answer(stock, renewed.event, null), renewed.write);
  }
}

function dueAtOf(wanted: number | undefined, { terms }: NamedLend): number | Rejected<NoTime> {
  const { defaultLendSeconds } = terms;
  if (wanted !== undefined) return wanted > Date.now() ? wanted : rejectField('due_at', 'future', {});
  return defaultLendSeconds === null ? rejectField('due_at', 'required', {}) : Date.now() + defaultLendSeconds * 1000;
}
