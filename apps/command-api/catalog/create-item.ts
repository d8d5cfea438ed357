import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProductAnswer } from '#answers';
import { Numbers } from '#commands';
import { isRejected, type ItemCreated, type ItemRejection, type NewItem } from '#domain';
import { madeId } from '#ids';
import { done, type KeyReused, type RecordedEvent, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { ItemReservations, type ReservationRejection } from './item-reservations.ts';
import { Items } from './items.ts';
import { Products } from './products.ts';
import { onlyRepeats } from './unique-value.ts';

type Outcome = UseCaseOutcome<ProductAnswer, ItemRejection | ReservationRejection | KeyReused>;

/** Puts a new item in the catalog, under the chosen id or one that is made. */
export class CreateItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly chosenId: string | undefined,
    readonly details: Omit<NewItem, 'itemId' | 'number'>,
  ) {
    super();
  }
}

@CommandHandler(CreateItem)
export class CreateItemHandler implements ICommandHandler<CreateItem> {
  constructor(
    private readonly items: Items,
    private readonly numbers: Numbers,
    private readonly reservations: ItemReservations,
    private readonly products: Products,
  ) {}

  async execute({ context, chosenId, details }: CreateItem): Promise<Outcome> {
    const { commandId } = context;
    const itemId = chosenId ?? madeId('item', commandId);
    const reserved = await this.reservations.reserve(itemId, details, context);
    const { recordBy, categoryId = null } = isRejected(reserved) ? onlyRepeats : reserved;
    const number = await this.numbers.assign('item', commandId, itemId);
    const facts = { ...details, itemId, number, categoryId };
    const created = await this.items
      .of(itemId)
      .record('ItemCreated', { type: 'CreateItem', ...facts, recordBy }, context);
    if (isRejected(reserved)) return isRejected(created) ? reserved : this.#answer(created);
    if (isRejected(created)) {
      await reserved.withdraw();
      return created;
    }
    await reserved.settle(created.at);
    return this.#answer(created);
  }

  async #answer({ event, write }: RecordedEvent<ItemCreated>): Promise<Outcome> {
    return done(await this.products.answer({ status: 'on-sale', facts: event }), write);
  }
}
