import { itemAggregate, type ItemDetails, type ItemEvent, type ItemField } from '#domain';
import { defineProjection, eventsOf, type Row, type Seen } from '#projections';

/** What was said of each item, when and by whom. */
export const itemHistoryProjection = defineProjection({
  name: 'item_history',
  schema: 2,
  table: {
    // Serves the history of an item, by revision.
    key: { id: 'text collate "C"', revision: 'bigint' },
    columns: {
      type: 'text collate "C"',
      at: 'timestamptz',
      actor: 'text collate "C"',
      changes: 'json',
    },
  },
  from: [
    eventsOf(itemAggregate, {
      ItemCreated: (event) => historyRow(event, detailsOf(event)),
      ItemChanged: (event) => historyRow(event, changesOf(event, event.changed)),
      ItemDiscontinued: (event) => historyRow(event, {}),
      ItemReinstated: (event) => historyRow(event, {}),
      ItemTimeNoted: 'ignored',
    }),
  ],
});

function historyRow(
  { itemId: id, type, recorded }: Seen<Exclude<ItemEvent, { type: 'ItemTimeNoted' }>>,
  changes: Partial<ItemDetails>,
): Row {
  const { at, userId: actor } = recorded.metadata;
  return { id, type, at: new Date(at).toISOString(), actor, changes };
}

function changesOf(details: ItemDetails, changed: readonly ItemField[]): Partial<ItemDetails> {
  return Object.fromEntries(changed.map((field) => [field, details[field]]));
}

function detailsOf(event: ItemDetails): ItemDetails {
  const { name, price, originalPrice, description, shortDescription, images } = event;
  const { thumbnail, categoryId, sku, tags, specifications, featured, returnDays } = event;
  const texts = { name, price, originalPrice, description, shortDescription, images };
  return { ...texts, thumbnail, categoryId, sku, tags, specifications, featured, returnDays };
}
