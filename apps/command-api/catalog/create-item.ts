import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Numbers } from '#commands';
import { isRejected, type ItemRejection } from '#domain';
import { done, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items, listed, type ListedItem } from './items.ts';

type Outcome = UseCaseOutcome<ListedItem, ItemRejection | KeyReused>;

const madeIdLength = 16;

/** Puts a new item in the catalog, under the chosen id or one that is made. */
export class CreateItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly chosenId: string | undefined,
    readonly name: string,
    readonly price: number,
  ) {
    super();
  }
}

@CommandHandler(CreateItem)
export class CreateItemHandler implements ICommandHandler<CreateItem> {
  constructor(
    private readonly items: Items,
    private readonly numbers: Numbers,
  ) {}

  async execute({ context, chosenId, name, price }: CreateItem): Promise<Outcome> {
    const { commandId } = context;
    // Made of the command's id, so that a retry creates the same item.
    const itemId = chosenId ?? `prod_${commandId.replaceAll('-', '').slice(0, madeIdLength)}`;
    const number = await this.numbers.assign('item', commandId, itemId);
    const command = { type: 'CreateItem', itemId, number, name, price } as const;
    const created = await this.items.of(itemId).record('ItemCreated', command, context);
    if (isRejected(created)) return created;
    return done(listed({ status: 'on-sale', facts: created.event }), created.write);
  }
}
