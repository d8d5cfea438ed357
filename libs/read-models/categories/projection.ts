import { categoryAggregate, type CategoryFacts } from '#domain';
import { defineProjection, eventsOf, type Row } from '#projections';

/** The categories that are not deleted. */
export const categoriesProjection = defineProjection({
  name: 'categories',
  schema: 1,
  table: {
    key: { id: 'text collate "C"' },
    columns: {
      number: 'bigint',
      name: 'text',
      slug: 'text collate "C"',
      description: 'text',
      icon: 'text',
      rank: 'bigint',
    },
    indexes: [
      // Serves a category by its number.
      '(number)',
      // Serves the list.
      '(rank, number)',
    ],
  },
  from: [
    eventsOf(categoryAggregate, {
      CategoryCreated: categoryRow,
      CategoryChanged: categoryRow,
      CategoryDeleted: ({ categoryId: id }) => [{ id, deleted: true }],
      CategoryTimeNoted: 'ignored',
    }),
  ],
});

function categoryRow({ categoryId: id, number, name, slug, description, icon, rank }: CategoryFacts): Row {
  return { id, number, name, slug, description, icon, rank };
}
