import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UniqueValues, type Reservation } from '#commands';
import { isRejected, reject, type CategoryDetails, type CategoryFacts, type CategoryRejection } from '#domain';
import { done, onlyRepeats, step, type UseCaseContext, type UseCaseOutcome } from '#use-cases';
import { Categories } from './categories.ts';
import type { SlugTaken } from './create-category.ts';
import { reserveUnique } from './unique-value.ts';

type Outcome = UseCaseOutcome<CategoryFacts, CategoryRejection | SlugTaken>;

/** Changes a category; what is left out stays. */
export class ChangeCategory extends Command<Outcome> {
  constructor(
    readonly context: UseCaseContext,
    readonly idOrNumber: string,
    readonly change: Partial<CategoryDetails>,
  ) {
    super();
  }
}

@CommandHandler(ChangeCategory)
export class ChangeCategoryHandler implements ICommandHandler<ChangeCategory> {
  constructor(
    private readonly categories: Categories,
    private readonly slugs: UniqueValues,
  ) {}

  async execute({ context, idOrNumber, change }: ChangeCategory): Promise<Outcome> {
    const found = await this.categories.find(idOrNumber);
    if (isRejected(found)) return found;
    const { id, category } = found;
    const reserved = await this.#reserve(id, change.slug, context);
    const { recordBy } = reserved === 'taken' ? onlyRepeats : (reserved ?? {});
    const command = { type: 'ChangeCategory', change, recordBy } as const;
    const changed = await this.categories.of(id).execute(command, step(context, 'ChangeCategory'));
    if (isRejected(changed)) {
      if (reserved === 'taken') return reject({ code: 'SLUG_TAKEN', slug: change.slug ?? '' });
      if (reserved !== undefined) await this.slugs.withdraw(reserved);
      return changed;
    }
    const { recorded } = changed;
    if (reserved !== undefined && reserved !== 'taken') await this.slugs.settle(reserved, recorded?.at ?? 0);
    const { slug } = category.facts;
    // On a repeat, the category that was found is as it became after the change.
    if (recorded?.repeated === false && change.slug !== undefined && change.slug !== slug)
      await this.slugs.free('slug', slug, id, recorded.at);
    const now = await this.categories.find(id);
    return isRejected(now) ? now : done(now.category.facts, changed.write);
  }

  async #reserve(
    id: string,
    slug: string | undefined,
    context: UseCaseContext,
  ): Promise<Reservation | 'taken' | undefined> {
    if (slug === undefined) return undefined;
    const wanted = { kind: 'slug', value: slug, owner: id };
    return (await reserveUnique(this.slugs, wanted, this.categories.ownersOfSlugs(context))) ?? 'taken';
  }
}
