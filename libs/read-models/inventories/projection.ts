import { inventoryAggregate, type InventoryFacts } from '#domain';
import { defineProjection, eventsOf, type Row } from '#projections';

/** The inventories, the main one only once it was changed. What is in them is in the availability of their stocks. */
export const inventoriesProjection = defineProjection({
  name: 'inventories',
  schema: 1,
  table: {
    // Serves an inventory by its number, and the list of all.
    key: { id: 'bigint' },
    columns: {
      owner_id: 'text collate "C"',
      name: 'text',
      description: 'text',
      lends: 'boolean',
      takes_provides: 'boolean',
      default_lend_seconds: 'bigint',
      renewals_max: 'bigint',
      open_lends_max: 'bigint',
      lent_units_max: 'bigint',
      overdue_lends_max: 'bigint',
      created_at: 'timestamptz',
    },
    // Serves whether a user owns any.
    indexes: ['(owner_id)'],
  },
  from: [eventsOf(inventoryAggregate, { InventoryOpened: inventoryRow, InventoryChanged: inventoryRow })],
});

function inventoryRow(inventory: InventoryFacts): Row {
  return {
    id: inventory.inventoryId,
    owner_id: inventory.ownerId,
    name: inventory.name,
    description: inventory.description,
    lends: inventory.lends,
    takes_provides: inventory.takesProvides,
    default_lend_seconds: inventory.defaultLendSeconds,
    renewals_max: inventory.renewalsMax,
    open_lends_max: inventory.openLendsMax,
    lent_units_max: inventory.lentUnitsMax,
    overdue_lends_max: inventory.overdueLendsMax,
    created_at: inventory.createdAt === null ? null : new Date(inventory.createdAt).toISOString(),
  };
}
