import { itemAggregate, type ItemEvent, type ItemFacts } from '#domain';
import { defineProjection, eventsOf, type Row, type Seen } from '#projections';

/** The current state of all items, including discontinued ones. */
export const itemsProjection = defineProjection({
  name: 'items',
  schema: 4,
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
      discontinued: 'boolean',
      created_at: 'timestamptz',
      updated_at: 'timestamptz',
    },
    indexes: [
      // Serves an item by its number.
      '(number)',
      // Serves the list of what is on sale, and its count.
      '(number) where not discontinued',
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
    discontinued,
    created_at: item.createdAt === null ? null : new Date(item.createdAt).toISOString(),
    updated_at: new Date(recorded.metadata.at).toISOString(),
  };
}
