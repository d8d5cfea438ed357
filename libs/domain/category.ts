import { reject, type Aggregate, type Decision, type Timed } from './aggregate.ts';
import { afterReservation, type NotRecordedInTime, type Reserved } from './reserved.ts';
import type { CategoryId } from './ids.ts';

/** What staff says of a category. */
export interface CategoryDetails {
  readonly name: string;
  /** Its name in URLs; no two categories have the same. */
  readonly slug: string;
  readonly description: string;
  readonly icon: string;
  /** Categories are listed by rank, then by number. */
  readonly rank: number;
}

/** Every event of a category contains the whole category. */
export interface CategoryFacts extends CategoryDetails {
  readonly categoryId: CategoryId;
  /** Its sequential number. */
  readonly number: number;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type CategoryEvent = CategoryCreated | CategoryChanged | CategoryDeleted | CategoryTimeNoted;

export interface CategoryCreated extends CategoryFacts {
  readonly type: 'CategoryCreated';
}

export interface CategoryChanged extends CategoryFacts {
  readonly type: 'CategoryChanged';
  /** The fields that changed. */
  readonly changed: readonly CategoryField[];
}

export interface CategoryDeleted extends CategoryFacts {
  readonly type: 'CategoryDeleted';
}

/** Nothing of the category changed; commands that had to be recorded before this time are rejected from now on. */
export interface CategoryTimeNoted {
  readonly type: 'CategoryTimeNoted';
}

const events = { CategoryCreated: [], CategoryChanged: [], CategoryDeleted: [], CategoryTimeNoted: [] } as const;

const changeable = ['name', 'slug', 'description', 'icon', 'rank'] as const;
export type CategoryField = (typeof changeable)[number];

export type CategoryCommand =
  | ({ readonly type: 'CreateCategory' } & Omit<CategoryFacts, 'createdAt' | 'updatedAt'> & Reserved)
  | ({ readonly type: 'ChangeCategory'; readonly change: Partial<CategoryDetails> } & Reserved)
  | { readonly type: 'DeleteCategory' }
  | { readonly type: 'NoteTime' };

export type CategoryRejection =
  { readonly code: 'ID_TAKEN'; readonly id: string } | { readonly code: 'CATEGORY_NOT_FOUND' } | NotRecordedInTime;

/** A deleted category keeps its id: no other can be created with it. */
export type Category = { readonly status: 'unknown' } | { readonly status: 'deleted' } | KnownCategory;

export interface KnownCategory {
  readonly status: 'listed';
  readonly facts: CategoryFacts;
}

type CategoryDecision = Decision<CategoryEvent, CategoryRejection>;
type Command<Type extends CategoryCommand['type']> = Timed<Extract<CategoryCommand, { type: Type }>>;

function decide(command: Timed<CategoryCommand>, category: Category): CategoryDecision {
  if (command.type === 'NoteTime') return [{ type: 'CategoryTimeNoted' }];
  if (command.type === 'CreateCategory') return create(command, category);
  if (category.status !== 'listed') return reject({ code: 'CATEGORY_NOT_FOUND' });
  switch (command.type) {
    case 'ChangeCategory':
      return change(command, category.facts);
    case 'DeleteCategory':
      return [{ type: 'CategoryDeleted', ...category.facts, updatedAt: command.at }];
  }
}

function create(command: Command<'CreateCategory'>, category: Category): CategoryDecision {
  const { categoryId, number, name, slug, description, icon, rank, at } = command;
  if (category.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: categoryId });
  const facts = { categoryId, number, name, slug, description, icon, rank, createdAt: at, updatedAt: at };
  return afterReservation(command) ?? [{ type: 'CategoryCreated', ...facts }];
}

function change({ change: wanted, at, recordBy }: Command<'ChangeCategory'>, facts: CategoryFacts): CategoryDecision {
  const changed = changeable.filter((field) => wanted[field] !== undefined && wanted[field] !== facts[field]);
  if (changed.length === 0) return [];
  return (
    afterReservation({ at, recordBy }) ?? [{ type: 'CategoryChanged', ...facts, ...wanted, updatedAt: at, changed }]
  );
}

function evolve(category: Category, event: CategoryEvent): Category {
  switch (event.type) {
    case 'CategoryCreated':
    case 'CategoryChanged': {
      const { categoryId, number, name, slug, description, icon, rank, createdAt, updatedAt } = event;
      const facts = { categoryId, number, name, slug, description, icon, rank, createdAt, updatedAt };
      return { status: 'listed', facts };
    }
    case 'CategoryDeleted':
      return { status: 'deleted' };
    case 'CategoryTimeNoted':
      return category;
  }
}

/** A group of items. */
export const categoryAggregate = {
  category: 'category',
  streamOf: (categoryId) => `category-${categoryId}`,
  events,
  initial: { status: 'unknown' },
  decide,
  evolve,
  noteTime: { type: 'NoteTime' },
} satisfies Aggregate<CategoryId, Category, CategoryCommand, CategoryEvent, CategoryRejection>;
