import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProductAnswer } from '#answers';
import { isRejected, type ItemDetails, type ItemRejection } from '#domain';
import { done, step, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { ItemReservations, type ReservationRejection } from './item-reservations.ts';
import { Items } from './items.ts';
import { Products } from './products.ts';
import { onlyRepeats } from './unique-value.ts';

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
    private readonly reservations: ItemReservations,
    private readonly products: Products,
  ) {}

  async execute({ context, idOrNumber, change: given }: ChangeItem): Promise<Outcome> {
    const found = await this.items.find(idOrNumber);
    if (isRejected(found)) return found;
    const { id } = found;
    const reserved = await this.reservations.reserve(id, given, context);
    const { recordBy, categoryId } = isRejected(reserved) ? onlyRepeats : reserved;
    const change = categoryId === undefined ? given : { ...given, categoryId };
    const command = { type: 'ChangeItem', change, recordBy } as const;
    const changed = await this.items.of(id).execute(command, step(context, 'ChangeItem'));
    if (isRejected(changed)) {
      if (isRejected(reserved)) return reserved;
      await reserved.withdraw();
      return changed;
    }
    if (changed.recorded !== undefined && !isRejected(reserved)) {
      const { at } = changed.recorded;
      await Promise.all([reserved.settle(at), this.reservations.free(found.item.facts, change, at)]);
    }
    const now = await this.items.find(id);
    return isRejected(now) ? now : done(await this.products.answer(now.item), changed.write);
  }
}
