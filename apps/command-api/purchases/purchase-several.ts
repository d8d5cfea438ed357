import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { settledAfter } from '#commands';
import type { Labels } from '#domain';
import { done, step, UseCases } from '#use-cases';
import type { Failed, Settled, UseCaseContext, UseCaseOutcome } from '#use-cases';
import { PurchaseUnits, type PurchaseOutcome } from './purchase-units.ts';

export interface PurchaseLine {
  /** Id or number of an item. */
  readonly id: string;
  readonly quantity: number;
  readonly labels?: Labels | undefined;
}

type Outcome = UseCaseOutcome<readonly Settled<PurchaseOutcome>[], never>;

const linesAtOnceMax = 16;

/** Buys units of several items at once: each line is a purchase of its own, whatever becomes of the others. */
export class PurchaseSeveral extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly lines: readonly PurchaseLine[],
  ) {
    super();
  }
}

@CommandHandler(PurchaseSeveral)
export class PurchaseSeveralHandler implements ICommandHandler<PurchaseSeveral> {
  constructor(private readonly useCases: UseCases) {}

  async execute({ context, lines }: PurchaseSeveral): Promise<Outcome> {
    const outcomes: Settled<PurchaseOutcome>[] = [];
    const waiting = lines.entries();
    const purchaseEach = async (): Promise<void> => {
      for (const [index, line] of waiting) outcomes[index] = await this.#purchase(line, index, context);
    };
    await Promise.all(Array.from({ length: linesAtOnceMax }, purchaseEach));
    return done(outcomes, ...outcomes.map((outcome) => ('write' in outcome ? outcome.write : undefined)));
  }

  /** By its place in the request, a line is the same command at every attempt, and two lines of one item are two. */
  async #purchase(
    { id, quantity, labels }: PurchaseLine,
    index: number,
    context: UseCaseContext,
  ): Promise<Settled<PurchaseOutcome>> {
    try {
      return await this.useCases.execute(new PurchaseUnits(step(context, `line ${index}`), id, quantity, labels));
    } catch (failure) {
      return this.#failed(failure, context);
    }
  }

  /** Other lines are done: their answers must be given, and a retry must still find out about this one. */
  #failed(failure: unknown, { noteUnfinished }: UseCaseContext): Failed {
    noteUnfinished?.(settledAfter(failure));
    return { failure };
  }
}
