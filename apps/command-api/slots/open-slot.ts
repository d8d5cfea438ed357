import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SlotAnswer } from '#answers';
import { Numbers } from '#commands';
import {
  isRejected,
  type Rejected,
  type SaleTerms,
  type SlotRejection,
  type SlotOpened,
  type StockRejection,
  type SlotId,
} from '#domain';
import { done, step } from '#use-cases';
import type { KeyReused, RecordedEvent, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { rejectionOfNewTerms } from '../stock/set-terms.ts';
import { Places } from './places.ts';
import { Slots } from './slots.ts';

type Rejection = SlotRejection | StockRejection | KeyReused;
type Opened = RecordedEvent<SlotOpened> | Rejected<SlotRejection | KeyReused>;

export interface WantedSlot {
  readonly capacity: number;
  readonly title: string | null;
  /** In milliseconds since 1970. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly cancelUntil?: number | null;
  readonly terms: Partial<SaleTerms>;
}

const numbersTriedMax = 20;

/**
 * Opens a slot for booking: as the chosen number, or as the next one. A slot is two streams, what it is and the stock of
 * its places, written one after the other.
 */
export class OpenSlot extends Command<UseCaseOutcome<SlotAnswer, Rejection>> {
  constructor(
    readonly context: UseCaseContext,
    readonly chosenId: number | undefined,
    readonly wanted: WantedSlot,
  ) {
    super();
  }
}

@CommandHandler(OpenSlot)
export class OpenSlotHandler implements ICommandHandler<OpenSlot> {
  constructor(
    private readonly slots: Slots,
    private readonly places: Places,
    private readonly numbers: Numbers,
  ) {}

  async execute({ context, chosenId, wanted }: OpenSlot): Promise<UseCaseOutcome<SlotAnswer, Rejection>> {
    const rejected = rejectionOfNewTerms(wanted.terms);
    if (rejected !== undefined) return rejected;
    const opened = await (chosenId === undefined
      ? this.#openNext(wanted, context)
      : this.#openAs(chosenId, wanted, context));
    if (isRejected(opened)) return opened;
    const { slotId } = opened.event;
    if (chosenId !== undefined) await this.numbers.passOver('slot', chosenId);
    const placed = await this.places.open(opened.event, wanted.capacity, context);
    if (isRejected(placed)) return placed;
    const set = await this.places.setTerms(slotId, wanted.terms, context);
    if (isRejected(set)) return set;
    const hasTerms = Object.keys(wanted.terms).length > 0;
    const answer = hasTerms ? await this.places.answer(slotId) : placed.answer;
    return isRejected(answer) ? answer : done(answer, opened.write, placed.write, set.write);
  }

  /** Numbers of somebody's choice may lie where the next one would. */
  async #openNext(wanted: WantedSlot, context: UseCaseContext): Promise<Opened> {
    for (let tried = 1; ; tried++) {
      const { commandId } = step(context, `number ${tried}`);
      const slotId = await this.numbers.assign('slot', commandId, 'slot');
      const opened = await this.#openAs(slotId, wanted, context);
      const isTaken = isRejected(opened) && opened.rejection.code === 'ID_TAKEN';
      if (!isTaken || tried >= numbersTriedMax) return opened;
    }
  }

  #openAs(
    slotId: SlotId,
    { title, startsAt, endsAt, cancelUntil = null }: WantedSlot,
    context: UseCaseContext,
  ): Promise<Opened> {
    const command = { type: 'OpenSlot', slotId, title, startsAt, endsAt, cancelUntil } as const;
    return this.slots.of(slotId).record('SlotOpened', command, context, 'begin');
  }
}
