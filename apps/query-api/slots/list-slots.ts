import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SlotAvailability, type Paging, type PlacesPage, type SlotFilter } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

/** How many places each slot has left. */
export class ListSlots extends Query<PlacesPage> {
  constructor(
    readonly context: QueryContext,
    readonly filter: SlotFilter,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListSlots)
export class ListSlotsHandler implements IQueryHandler<ListSlots> {
  constructor(private readonly places: SlotAvailability) {}

  execute({ context, filter, paging }: ListSlots): Promise<PlacesPage> {
    return this.places.page(filter, paging, context);
  }
}
