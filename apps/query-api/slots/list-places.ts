import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SlotAvailability, type Paging, type PlacesPage, type SlotFilter } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

/** How many places each slot has left. */
export class ListPlaces extends Query<PlacesPage> {
  constructor(
    readonly context: QueryContext,
    readonly filter: SlotFilter,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListPlaces)
export class ListPlacesHandler implements IQueryHandler<ListPlaces> {
  constructor(private readonly places: SlotAvailability) {}

  execute({ context, filter, paging }: ListPlaces): Promise<PlacesPage> {
    return this.places.page(filter, paging, context);
  }
}
