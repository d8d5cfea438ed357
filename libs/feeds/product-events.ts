import { itemAggregate, type ItemFacts } from '#domain';
import { handledEvents, type EventSource } from '#projections';
import type { Told } from './public-event.ts';
import type { ProductShape } from './shapes.ts';

/** What is told of products. */
export function productEvents(): EventSource<readonly Told[]> {
  return handledEvents(itemAggregate, {
    ItemCreated: (event) => [{ type: 'product.created', data: productShape(event, false) }],
    ItemChanged: (event) => [
      { type: 'product.changed', data: { ...productShape(event, event.discontinued), changed: event.changed } },
    ],
    ItemDiscontinued: (event) => [{ type: 'product.discontinued', data: productShape(event, true) }],
    ItemReinstated: (event) => [{ type: 'product.restored', data: productShape(event, false) }],
    ItemTimeNoted: 'ignored',
  });
}

function productShape(item: ItemFacts, discontinued: boolean): ProductShape {
  return {
    id: item.itemId,
    number: item.number,
    name: item.name,
    price: item.price,
    originalPrice: item.originalPrice,
    categoryId: item.categoryId,
    sku: item.sku,
    featured: item.featured,
    discontinued,
  };
}
