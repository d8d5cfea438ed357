import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SlotAnswer } from '#answers';
import { isRejected, type SlotRejection, type StockRejection } from '#domain';
import { done, step, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import type { WantedSlot } from './open-slot.ts';
import { Places } from './places.ts';
import { Slots } from './slots.ts';

type Outcome = UseCaseOutcome<SlotAnswer, SlotRejection | StockRejection>;

/** Changes a slot, and the stock of its places; what is left out stays. */
export class ChangeSlot extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly number: string,
    readonly wanted: Partial<WantedSlot>,
  ) {
    super();
  }
}

@CommandHandler(ChangeSlot)
export class ChangeSlotHandler implements ICommandHandler<ChangeSlot> {
  constructor(
    private readonly slots: Slots,
    private readonly places: Places,
  ) {}

  /**
   * What is rejected has changed nothing: the slot rejects times before anything else is done, and a capacity that the
   * stock does not seem to take is tried before that.
   */
  async execute({ context, number, wanted: { capacity, terms = {}, ...facts } }: ChangeSlot): Promise<Outcome> {
    const named = this.slots.idOf(number);
    if (isRejected(named)) return named;
    const slot = this.slots.of(named.id);
    const command = { type: 'ChangeSlot', ...facts } as const;
    const rejected = (await slot.rejectionOf(command)) ?? (await this.places.rejectionOfTerms(named.id, terms));
    if (rejected !== undefined) return rejected;
    const setCapacity = async () =>
      capacity === undefined ? { write: undefined } : this.places.setCapacity(named.id, capacity, context);
    const isTried = capacity !== undefined && !(await this.places.seemToTake(named.id, capacity));
    const tried = isTried ? await setCapacity() : { write: undefined };
    if (isRejected(tried)) return tried;
    const changed = await slot.execute(command, step(context, 'slot'));
    if (isRejected(changed)) return changed;
    const closing = await this.places.closeAtStart(named.id, context);
    if (isRejected(closing)) return closing;
    const set = await setCapacity();
    if (isRejected(set)) return set;
    const withTerms = await this.places.setTerms(named.id, terms, context);
    if (isRejected(withTerms)) return withTerms;
    const answer = await this.places.answer(named.id);
    if (isRejected(answer)) return answer;
    return done(answer, tried.write, changed.write, closing.write, set.write, withTerms.write);
  }
}
