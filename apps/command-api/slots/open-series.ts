import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SlotAnswer } from '#answers';
import { settledAfter } from '#commands';
import { isRejected, type Rejected, type SlotRejection, type StockRejection } from '#domain';
import { done, step, UseCases, type KeyReused, type UseCaseContext, type UseCaseOutcome, type Write } from '#use-cases';
import { OpenSlot, type WantedSlot } from './open-slot.ts';

type Rejection = SlotRejection | StockRejection | KeyReused;

interface Opened {
  readonly slot: SlotAnswer;
  readonly write: Write | undefined;
}

const slotsAtOnceMax = 64;

/** Opens many slots. Each is a command of its own, the same at every attempt: a retry opens those that are missing. */
export class OpenSeries extends Command<UseCaseOutcome<readonly SlotAnswer[], Rejection>> {
  constructor(
    readonly context: UseCaseContext,
    readonly slots: readonly WantedSlot[],
  ) {
    super();
  }
}

@CommandHandler(OpenSeries)
export class OpenSeriesHandler implements ICommandHandler<OpenSeries> {
  constructor(private readonly useCases: UseCases) {}

  async execute({ context, slots }: OpenSeries): Promise<UseCaseOutcome<readonly SlotAnswer[], Rejection>> {
    const opened: Opened[] = [];
    const rejected: Rejected<Rejection>[] = [];
    const failures: unknown[] = [];
    const waiting = slots.entries();
    const openEach = async (): Promise<void> => {
      for (const [place, wanted] of waiting) {
        if (rejected.length + failures.length > 0) return;
        try {
          const outcome = await this.useCases.execute(new OpenSlot(step(context, `slot ${place}`), undefined, wanted));
          if (isRejected(outcome)) rejected.push(outcome);
          else opened[place] = { slot: outcome.value, write: outcome.write };
        } catch (failure) {
          // The key is not free before it is known of each slot whether it is open.
          context.noteUnfinished?.(settledAfter(failure));
          failures.push(failure);
        }
      }
    };
    await Promise.all(Array.from({ length: slotsAtOnceMax }, openEach));
    if (failures.length > 0) throw failures[0];
    const [first] = rejected;
    if (first !== undefined) return first;
    return done(
      opened.map(({ slot }) => slot),
      ...opened.map(({ write }) => write),
    );
  }
}
