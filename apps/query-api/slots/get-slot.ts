import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, slotStock, type Rejected, type SaleTerms } from '#domain';
import { AvailabilityQueries, SaleTermsQueries, SlotQueries, type Availability, type Slot } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

interface SlotWithPlaces {
  readonly slot: Slot;
  readonly places: Availability;
  readonly terms: SaleTerms;
}

type Outcome = SlotWithPlaces | Rejected<{ readonly code: 'SLOT_NOT_FOUND' }>;

/** One slot, with the places it has left. */
export class GetSlot extends Query<Outcome> {
  constructor(
    readonly context: QueryContext,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetSlot)
export class GetSlotHandler implements IQueryHandler<GetSlot> {
  constructor(
    private readonly slots: SlotQueries,
    private readonly availability: AvailabilityQueries,
    private readonly saleTerms: SaleTermsQueries,
  ) {}

  async execute({ context, id }: GetSlot): Promise<Outcome> {
    const slot = /^\d{1,15}$/.test(id) ? await this.slots.find(Number(id)) : undefined;
    if (slot === undefined) return reject({ code: 'SLOT_NOT_FOUND' });
    const stock = slotStock(slot.slotId);
    const [places, terms] = await Promise.all([this.availability.of(stock, context), this.saleTerms.of(stock)]);
    return { slot, places, terms };
  }
}
