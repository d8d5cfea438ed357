import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type ItemFacts, type ItemRejection } from '#domain';
import { done, step, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Items, listed, type ListedItem } from './items.ts';

type Outcome = UseCaseOutcome<ListedItem, ItemRejection>;

/** Changes what the catalog says of an item; what is left out stays. */
export class ChangeItem extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly change: Partial<Pick<ItemFacts, 'name' | 'price'>>,
  ) {
    super();
  }
}

@CommandHandler(ChangeItem)
export class ChangeItemHandler implements ICommandHandler<ChangeItem> {
  constructor(private readonly items: Items) {}

  async execute({ context, idOrNumber, change }: ChangeItem): Promise<Outcome> {
    const found = await this.items.find(idOrNumber);
    if (isRejected(found)) return found;
    const command = { type: 'ChangeItem', ...change } as const;
    const changed = await this.items.of(found.id).execute(command, step(context, 'ChangeItem'));
    if (isRejected(changed)) return changed;
    const now = await this.items.find(found.id);
    return isRejected(now) ? now : done(listed(now.item), changed.write);
  }
}
