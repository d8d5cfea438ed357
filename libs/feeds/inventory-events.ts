import { inventoryAggregate, type InventoryFacts } from '#domain';
import { handledEvents, type EventSource } from '#projections';
import type { Told } from './public-event.ts';
import type { InventoryShape } from './shapes.ts';

/** What is told of inventories. */
export function inventoryEvents(): EventSource<readonly Told[]> {
  return handledEvents(inventoryAggregate, {
    InventoryOpened: (event) => [{ type: 'inventory.opened', data: inventoryShape(event) }],
    InventoryChanged: (event) => [
      { type: 'inventory.changed', data: { ...inventoryShape(event), changed: event.changed } },
    ],
  });
}

function inventoryShape(inventory: InventoryFacts): InventoryShape {
  return {
    id: String(inventory.inventoryId),
    inventoryId: inventory.inventoryId,
    ownerId: inventory.ownerId,
    name: inventory.name,
    lends: inventory.lends,
    takesProvides: inventory.takesProvides,
    defaultLendSeconds: inventory.defaultLendSeconds,
    renewalsMax: inventory.renewalsMax,
    openLendsMax: inventory.openLendsMax,
    lentUnitsMax: inventory.lentUnitsMax,
    overdueLendsMax: inventory.overdueLendsMax,
  };
}
