import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected, type HoldId } from '#domain';
import { HoldIds } from '#ids';
import type { Caller } from '#people';
import { HoldQueries, ReturnQueries, type Hold } from '#read-models';

export interface ReturnedHold extends Hold {
  /** Units of those taken that were given back. */
  readonly returnedQuantity: number;
}

type Outcome = ReturnedHold | Rejected<{ readonly code: 'HOLD_NOT_FOUND'; readonly holdId: HoldId }>;

/** A hold of the caller; for staff, anybody's. */
export class GetHold extends Query<Outcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetHold)
export class GetHoldHandler implements IQueryHandler<GetHold> {
  constructor(
    private readonly holds: HoldQueries,
    private readonly returns: ReturnQueries,
    private readonly holdIds: HoldIds,
  ) {}

  async execute({ caller, id }: GetHold): Promise<Outcome> {
    const reference = this.holdIds.read(id);
    const hold = reference && (await this.holds.find(reference.stock, reference.holdId, new Date()));
    const mayBeSeen = caller.role === 'staff' || hold?.customerId === caller.id;
    // What is not the caller's is not there, for them.
    if (hold === undefined || !mayBeSeen) return reject({ code: 'HOLD_NOT_FOUND', holdId: id });
    const returned = await this.returns.quantitiesOf(hold.status === 'confirmed' ? [hold.holdId] : []);
    return { ...hold, returnedQuantity: returned.of(hold.holdId) };
  }
}
