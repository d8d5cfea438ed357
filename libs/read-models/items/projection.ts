import { itemAggregate, type ItemEvent, type ItemFacts } from '#domain';
import { defineProjection, eventsOf, type Row, type Seen } from '#projections';
import { termsOf } from './search/terms.ts';

/** The current state of all items, including discontinued ones. */
export const itemsProjection = defineProjection({
  name: 'items',
  schema: 6,
  followed: true,
  table: {
    key: { id: 'text collate "C"' },
    columns: {
      number: 'bigint',
      name: 'text',
      price: 'bigint',
      original_price: 'bigint',
      description: 'text',
      short_description: 'text',
      images: 'json',
      thumbnail: 'text',
      category_id: 'text collate "C"',
      sku: 'text collate "C"',
      tags: 'jsonb',
      specifications: 'json',
      featured: 'boolean',
      return_days: 'bigint',
      discontinued: 'boolean',
      created_at: 'timestamptz',
      updated_at: 'timestamptz',
      terms: 'tsvector',
    },
    indexesAfterReplay: [
      // Serves an item by its number.
      '(number)',
      // Serves the list of what is on sale, and its count.
      '(number) where not discontinued',
      // Serve the products of a category, and by price. Staff also lists discontinued ones.
      '(category_id, number) include (discontinued, id)',
      '(category_id, price, number) include (discontinued)',
      '(price, number) include (discontinued)',
      // Serves the featured products.
      '(number) where featured',
      // Serves the search, and the products with a tag.
      'using gin (terms)',
    ],
  },
  from: [
    eventsOf(itemAggregate, {
      ItemCreated: (event) => itemRow({ ...event, createdAt: event.recorded.metadata.at }, event, false),
      ItemChanged: (event) => itemRow(event, event, event.discontinued),
      ItemDiscontinued: (event) => itemRow(event, event, true),
      ItemReinstated: (event) => itemRow(event, event, false),
      ItemTimeNoted: 'ignored',
    }),
  ],
});

function itemRow(item: ItemFacts, { recorded }: Pick<Seen<ItemEvent>, 'recorded'>, discontinued: boolean): Row {
  return {
    id: item.itemId,
    number: item.number,
    name: item.name,
    price: item.price,
    original_price: item.originalPrice,
    description: item.description,
    short_description: item.shortDescription,
    images: item.images,
    thumbnail: item.thumbnail,
    category_id: item.categoryId,
    sku: item.sku,
    tags: item.tags,
    specifications: item.specifications,
    featured: item.featured,
    return_days: item.returnDays,
    discontinued,
    created_at: item.createdAt === null ? null : new Date(item.createdAt).toISOString(),
    updated_at: new Date(recorded.metadata.at).toISOString(),
    terms: termsOf(item),
  };
}
