import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { slotStock, type SaleTerms } from '#domain';
import { AvailabilityQueries, SaleTermsQueries, SlotQueries, type Availability, type Paging } from '#read-models';
import type { ListedSlotFilter, Slot, SlotPage, SlotSort } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

export interface PlacedSlot extends Slot {
  readonly places: Availability;
  readonly terms: SaleTerms;
}

/** The slots, with the places that each has left. */
export class ListSlots extends Query<SlotPage<PlacedSlot>> {
  constructor(
    readonly context: QueryContext,
    readonly filter: ListedSlotFilter,
    readonly sort: SlotSort,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListSlots)
export class ListSlotsHandler implements IQueryHandler<ListSlots> {
  constructor(
    private readonly slots: SlotQueries,
    private readonly availability: AvailabilityQueries,
    private readonly saleTerms: SaleTermsQueries,
  ) {}

  async execute({ context, filter, sort, paging }: ListSlots): Promise<SlotPage<PlacedSlot>> {
    const page = await this.slots.page(filter, sort, paging);
    const stocks = page.rows.map(({ slotId }) => slotStock(slotId));
    const [places, terms] = await Promise.all([
      this.availability.ofMany(stocks, context),
      this.saleTerms.ofMany(stocks),
    ]);
    const rows = page.rows.map((slot, index) => ({
      ...slot,
      places: places[index] as Availability,
      terms: terms[index] as SaleTerms,
    }));
    return { ...page, rows };
  }
}
