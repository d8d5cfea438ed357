import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, slotStock, type Rejected, type SaleTerms } from '#domain';
import {
  AvailabilityQueries,
  isKnown,
  SaleTermsQueries,
  SlotQueries,
  type Availability,
  type Slot,
} from '#read-models';
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
    const number = slotNumberOf(id);
    const slot = number === undefined ? undefined : await this.slots.find(number);
    if (slot === undefined) return reject({ code: 'SLOT_NOT_FOUND' });
    const stock = slotStock(slot.slotId);
    const [places, terms] = await Promise.all([this.availability.of(stock, context), this.saleTerms.of(stock)]);
    // Its stock is recorded after it, and projected on its own: without that, it is not known how many places there are.
    return isKnown(places) ? { slot, places, terms } : reject({ code: 'SLOT_NOT_FOUND' });
  }
}

/** Undefined for what cannot be the number of a slot. */
export function slotNumberOf(id: string): number | undefined {
  return /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}
