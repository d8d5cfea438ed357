import { Injectable } from '@nestjs/common';
import { CommandRuntime, Numbers } from '#commands';
import { categoryAggregate, isRejected, reject, type KnownCategory, type Rejected } from '#domain';
import type { Category, CategoryCommand, CategoryEvent, CategoryId, CategoryRejection } from '#domain';
import { canBeId } from '#ids';
import { Streams, withNewId, type UseCaseContext } from '#use-cases';
import type { Owners } from './unique-value.ts';

type NotFound = Rejected<{ readonly code: 'CATEGORY_NOT_FOUND' }>;

/** The categories of the catalog, by id or by number. */
@Injectable()
export class Categories extends Streams<CategoryId, Category, CategoryCommand, CategoryEvent, CategoryRejection> {
  readonly #numbers: Numbers;

  constructor(runtime: CommandRuntime, numbers: Numbers) {
    super(runtime, categoryAggregate);
    this.#numbers = numbers;
  }

  /** The id that is meant, of a category that may or may not exist. */
  async idOf(idOrNumber: string): Promise<{ readonly id: CategoryId } | NotFound> {
    if (!canBeId(idOrNumber)) return reject({ code: 'CATEGORY_NOT_FOUND' });
    const isNumber = /^\d+$/.test(idOrNumber);
    const id = isNumber ? await this.#numbers.targetOf('category', Number(idOrNumber)) : idOrNumber;
    return id === undefined ? reject({ code: 'CATEGORY_NOT_FOUND' }) : { id };
  }

  async find(idOrNumber: string): Promise<{ readonly id: CategoryId; readonly category: KnownCategory } | NotFound> {
    const found = await this.idOf(idOrNumber);
    if (isRejected(found)) return found;
    const category = await this.of(found.id).read();
    return category.status === 'listed' ? { id: found.id, category } : reject({ code: 'CATEGORY_NOT_FOUND' });
  }

  /** The categories as owners of their slugs. */
  ownersOfSlugs(context: UseCaseContext): Owners {
    return {
      has: async (id, slug) => {
        const category = await this.of(id).read();
        return category.status === 'listed' && category.facts.slug === slug;
      },
      noteTime: async (id) => {
        const noted = await this.of(id).record('CategoryTimeNoted', { type: 'NoteTime' }, withNewId(context));
        return isRejected(noted) ? 0 : noted.at;
      },
    };
  }
}
