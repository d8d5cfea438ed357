import { stockAggregate, stockEventGroups } from '#domain';
import { defineProjection, eventsOf, ignored } from '#projections';

const { units, holds, orders, lends, transfers } = stockEventGroups;

/** When the units of each stock are sold, and how many a customer may have. */
export const saleTermsProjection = defineProjection({
  name: 'sale_terms',
  schema: 1,
  table: {
    key: { stock: 'text collate "C"' },
    columns: {
      sale_starts_at: 'timestamptz',
      sale_ends_at: 'timestamptz',
      purchase_limit: 'bigint',
      open_holds_max: 'bigint',
      held_units_max: 'bigint',
    },
  },
  from: [
    eventsOf(stockAggregate, {
      ...ignored(units, holds, orders, lends, transfers),
      SaleTermsSet: ({ saleStartsAt, saleEndsAt, purchaseLimit, openHoldsMax, heldUnitsMax, recorded }) => ({
        stock: recorded.stream,
        sale_starts_at: timeOf(saleStartsAt),
        sale_ends_at: timeOf(saleEndsAt),
        purchase_limit: purchaseLimit,
        open_holds_max: openHoldsMax,
        held_units_max: heldUnitsMax,
      }),
      ClosingTimeSet: 'ignored',
      StockDiscontinued: 'ignored',
      StockReinstated: 'ignored',
      TimeNoted: 'ignored',
    }),
  ],
});

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
