import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, slotStock, type Rejected } from '#domain';
import { AvailabilityQueries, SlotQueries, type Availability, type Slot } from '#read-models';
import type { QueryContext } from '#use-cases/bus';

interface SlotWithPlaces {
  readonly slot: Slot;
  readonly places: Availability;
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
  ) {}

  async execute({ context, id }: GetSlot): Promise<Outcome> {
    const slot = /^\d{1,15}$/.test(id) ? await this.slots.find(Number(id)) : undefined;
    if (slot === undefined) return reject({ code: 'SLOT_NOT_FOUND' });
    return { slot, places: await this.availability.of(slotStock(slot.slotId), context) };
  }
}
