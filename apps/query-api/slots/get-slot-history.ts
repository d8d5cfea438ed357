import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, slotStock, type Rejected, type SlotId, type StockId } from '#domain';
import { MovementQueries, SlotQueries } from '#read-models';
import type { Movement, MovementSort, Page, Paging } from '#read-models';
import { slotNumberOf } from './get-slot.ts';

interface SlotHistory {
  readonly slotId: SlotId;
  readonly stock: StockId;
  readonly page: Page<Movement>;
}

type Outcome = SlotHistory | Rejected<{ readonly code: 'SLOT_NOT_FOUND' }>;

/** Everything that happened to the places of a slot. */
export class GetSlotHistory extends Query<Outcome> {
  constructor(
    readonly id: string,
    readonly paging: Paging,
    readonly sort: MovementSort,
  ) {
    super();
  }
}

@QueryHandler(GetSlotHistory)
export class GetSlotHistoryHandler implements IQueryHandler<GetSlotHistory> {
  constructor(
    private readonly slots: SlotQueries,
    private readonly movements: MovementQueries,
  ) {}

  async execute({ id, paging, sort }: GetSlotHistory): Promise<Outcome> {
    const number = slotNumberOf(id);
    const slot = number === undefined ? undefined : await this.slots.find(number);
    if (slot === undefined) return reject({ code: 'SLOT_NOT_FOUND' });
    const stock = slotStock(slot.slotId);
    return { slotId: slot.slotId, stock, page: await this.movements.page(stock, paging, sort) };
  }
}
