import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProductAnswer } from '#answers';
import { isRejected, type ItemDetails, type ItemRejection } from '#domain';
import { done, step, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import type { ReservationRejection } from './item-reservations.ts';
import { ItemWrites } from './item-writes.ts';
import { Items } from './items.ts';
import { Products } from './products.ts';

type Outcome = UseCaseOutcome<ProductAnswer, ItemRejection | ReservationRejection>;

/** Changes what the catalog says of an item; what is left out stays. */
export class ChangeItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly change: Partial<ItemDetails>,
  ) {
    super();
  }
}

@CommandHandler(ChangeItem)
export class ChangeItemHandler implements ICommandHandler<ChangeItem> {
  constructor(
    private readonly items: Items,
    private readonly writes: ItemWrites,
    private readonly products: Products,
  ) {}

  async execute({ context, idOrNumber, change }: ChangeItem): Promise<Outcome> {
    const found = await this.items.idOf(idOrNumber);
    if (isRejected(found)) return found;
    const changed = await this.writes.change(found.id, change, step(context, 'ChangeItem'));
    if (isRejected(changed)) return changed;
    const now = await this.items.find(found.id);
    return isRejected(now) ? now : done(await this.products.answer(now.item), changed.write);
  }
}
