import { orderAggregate } from '#domain';
import { defineProjection, eventsOf } from '#projections';

/** The lines of every order, as they were submitted. */
export const orderLinesProjection = defineProjection({
  name: 'order_lines',
  schema: 1,
  followed: true,
  table: {
    // Serves the lines of an order, in their order.
    key: { order_id: 'text collate "C"', line: 'integer' },
    columns: {
      item_id: 'text collate "C"',
      name: 'text',
      price: 'bigint',
      quantity: 'bigint',
      thumbnail: 'text',
    },
    // Serves the orders of an item.
    indexes: ['(item_id, order_id)'],
  },
  from: [
    eventsOf(orderAggregate, {
      OrderSubmitted: ({ orderId, lines }) =>
        lines.map(({ itemId, name, price, quantity, thumbnail }, index) => ({
          order_id: orderId,
          line: index + 1,
          item_id: itemId,
          name,
          price,
          quantity,
          thumbnail,
        })),
      OrderPlaced: 'ignored',
      OrderRejected: 'ignored',
      OrderProcessingStarted: 'ignored',
      OrderPaid: 'ignored',
      OrderShipped: 'ignored',
      OrderCompleted: 'ignored',
      OrderCancelled: 'ignored',
      OrderSettled: 'ignored',
      OrderDeclined: 'ignored',
    }),
  ],
});
