import { requestAggregate } from '#domain';
import { defineProjection, eventsOf } from '#projections';

/** Which items each request names: what is required and accepted of them is in `requests`. */
export const requestItemsProjection = defineProjection({
  name: 'request_items',
  schema: 1,
  table: {
    // Serves the requests of an item by its id.
    key: { item_id: 'text collate "C"', request_id: 'bigint' },
    columns: { item_number: 'bigint' },
    // Serves the requests of an item by its number.
    indexes: ['(item_number, request_id)'],
  },
  from: [
    eventsOf(requestAggregate, {
      RequestMade: ({ requestId, items }) =>
        items.map(({ itemId, itemNumber }) => ({ item_id: itemId, request_id: requestId, item_number: itemNumber })),
      RequestAccepted: 'ignored',
      RequestCompleted: 'ignored',
      AcceptanceWithdrawn: 'ignored',
      RequestCancelled: 'ignored',
    }),
  ],
});
