import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProductAnswer } from '#answers';
import { isRejected, type ItemRejection } from '#domain';
import { madeId } from '#ids';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import type { ReservationRejection } from './item-reservations.ts';
import { ItemWrites, type NewItemDetails } from './item-writes.ts';
import { Products } from './products.ts';

type Outcome = UseCaseOutcome<ProductAnswer, ItemRejection | ReservationRejection | KeyReused>;

/** Puts a new item in the catalog, under the chosen id or one that is made. */
export class CreateItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly chosenId: string | undefined,
    readonly details: NewItemDetails,
  ) {
    super();
  }
}

@CommandHandler(CreateItem)
export class CreateItemHandler implements ICommandHandler<CreateItem> {
  constructor(
    private readonly writes: ItemWrites,
    private readonly products: Products,
  ) {}

  async execute({ context, chosenId, details }: CreateItem): Promise<Outcome> {
    const created = await this.writes.create(chosenId ?? madeId('item', context.commandId), details, context);
    if (isRejected(created)) return created;
    return done(await this.products.answer({ status: 'on-sale', facts: created.event }), created.write);
  }
}
