import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { GroupMembers, UniqueValues } from '#commands';
import { isRejected, reject, type CategoryFacts, type CategoryRejection } from '#domain';
import { done, step, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Categories } from './categories.ts';
import { Items } from './items.ts';
import { freeAbandoned } from './unique-value.ts';

type CategoryInUse = { readonly code: 'CATEGORY_IN_USE' };
type Outcome = UseCaseOutcome<CategoryFacts, CategoryRejection | CategoryInUse | KeyReused>;

const membersTriedMax = 20;

/** Deletes a category that no item is in; discontinued items count too, since they can be restored. */
export class DeleteCategory extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
  ) {
    super();
  }
}

@CommandHandler(DeleteCategory)
export class DeleteCategoryHandler implements ICommandHandler<DeleteCategory> {
  constructor(
    private readonly categories: Categories,
    private readonly items: Items,
    private readonly members: GroupMembers,
    private readonly slugs: UniqueValues,
  ) {}

  async execute({ context, idOrNumber }: DeleteCategory): Promise<Outcome> {
    const named = await this.categories.idOf(idOrNumber);
    if (isRejected(named)) return named;
    const { id } = named;
    const found = await this.categories.find(id);
    if (!isRejected(found) && !(await this.#close(id, context))) return reject({ code: 'CATEGORY_IN_USE' });
    // Also sent for a category that is deleted already: this may be a retry.
    const command = { type: 'DeleteCategory' } as const;
    const deleted = await this.categories.of(id).record('CategoryDeleted', command, step(context, 'DeleteCategory'));
    if (isRejected(deleted)) return deleted;
    await this.slugs.free('slug', deleted.event.slug, id, deleted.at);
    return done(deleted.event, deleted.write);
  }

  /** False when an item is in the category; rows of items that are not are freed on the way. */
  async #close(id: string, context: UseCaseContext): Promise<boolean> {
    const owners = this.items.ownersOf('categoryId', context);
    for (let tried = 0; !(await this.members.close('category', id)); tried++) {
      const [member] = await this.members.holdersOf('category', id, 1);
      if (tried >= membersTriedMax) return false;
      if (member !== undefined && !(await freeAbandoned(this.members, 'category', id, member, owners))) return false;
    }
    return true;
  }
}
