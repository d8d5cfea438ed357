import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { isRejected, reject, type Rejected, type StockRejection } from '#domain';
import { done, onlyRepeats, rejectField } from '#use-cases';
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
    const due = dueOf(wanted, lend);
    if (isRejected(due) && !context.isRepeatable) return due;
    // There may have been a time when the same request was recorded.
    const time = isRejected(due) ? { dueAt: 0, recordBy: onlyRepeats.recordBy } : due;
    const { lendId, stock, borrowerId, terms } = lend;
    const command = { type: 'RenewLend', lendId, borrowerId, ...time, renewalsMax: terms.renewalsMax } as const;
    const renewed = await this.stocks.of(stock).record('LendRenewed', command, context);
    if (isRejected(renewed)) return isRejected(due) ? due : renewed;
    const { event, write } = renewed;
    // The key was used for another renewal: Redis had lost the fingerprint of the key.
    const isSame = event.lendId === lendId && (wanted === undefined || event.dueAt === wanted);
    if (!isSame) return reject({ code: 'KEY_REUSED' });
    return done(await this.lends.answer(stock, event, null), write);
  }
}

function dueOf(wanted: number | undefined, { terms }: NamedLend): { readonly dueAt: number } | Rejected<NoTime> {
  const { defaultLendSeconds } = terms;
  const now = Date.now();
  if (wanted !== undefined) return wanted > now ? { dueAt: wanted } : rejectField('due_at', 'future', {});
  if (defaultLendSeconds === null) return rejectField('due_at', 'required', {});
  return { dueAt: now + defaultLendSeconds * 1000 };
}
