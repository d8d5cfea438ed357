import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { GroupMembers, Numbers, UniqueValues } from '#commands';
import { isRejected, reject, type CategoryDetails, type CategoryFacts, type CategoryRejection } from '#domain';
import { madeId } from '#ids';
import { done, onlyRepeats, type KeyReused, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Categories } from './categories.ts';
import { reserveUnique } from './unique-value.ts';

export type SlugTaken = { readonly code: 'SLUG_TAKEN'; readonly slug: string };
type Outcome = UseCaseOutcome<CategoryFacts, CategoryRejection | SlugTaken | KeyReused>;

/** Adds a category, under the chosen id or one that is made. */
export class CreateCategory extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly chosenId: string | undefined,
    readonly details: CategoryDetails,
  ) {
    super();
  }
}

@CommandHandler(CreateCategory)
export class CreateCategoryHandler implements ICommandHandler<CreateCategory> {
  constructor(
    private readonly categories: Categories,
    private readonly numbers: Numbers,
    private readonly slugs: UniqueValues,
    private readonly members: GroupMembers,
  ) {}

  async execute({ context, chosenId, details }: CreateCategory): Promise<Outcome> {
    const { commandId } = context;
    const categoryId = chosenId ?? madeId('category', commandId);
    const wanted = { kind: 'slug', value: details.slug, owner: categoryId };
    const reserved = await reserveUnique(this.slugs, wanted, this.categories.ownersOfSlugs(context));
    const number = await this.numbers.assign('category', commandId, categoryId);
    await this.members.open('category', categoryId);
    const { recordBy } = reserved ?? onlyRepeats;
    const command = { type: 'CreateCategory', ...details, categoryId, number, recordBy } as const;
    const created = await this.categories.of(categoryId).record('CategoryCreated', command, context);
    if (isRejected(created)) {
      if (reserved === undefined) return reject({ code: 'SLUG_TAKEN', slug: details.slug });
      await this.slugs.withdraw(reserved);
      return created;
    }
    if (reserved !== undefined) await this.slugs.settle(reserved, created.at);
    return done(created.event, created.write);
  }
}
