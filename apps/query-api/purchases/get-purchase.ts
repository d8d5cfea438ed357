import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import type { Caller } from '#people';
import { PurchaseQueries, ReturnQueries, type Purchase } from '#read-models';

interface ReturnedPurchase extends Purchase {
  /** Units that were given back. */
  readonly returnedQuantity: number;
}

type Outcome = ReturnedPurchase | Rejected<{ readonly code: 'PURCHASE_NOT_FOUND' }>;

/** A purchase of the caller; for staff, anybody's. */
export class GetPurchase extends Query<Outcome> {
  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetPurchase)
export class GetPurchaseHandler implements IQueryHandler<GetPurchase> {
  constructor(
    private readonly purchases: PurchaseQueries,
    private readonly returns: ReturnQueries,
  ) {}

  async execute({ caller, id }: GetPurchase): Promise<Outcome> {
    const [purchase, returned] = await Promise.all([this.purchases.find(id), this.returns.quantitiesOf([id])]);
    const mayBeSeen = caller.role === 'staff' || purchase?.customerId === caller.id;
    // What is not the caller's is not there, for them.
    if (purchase === undefined || !mayBeSeen) return reject({ code: 'PURCHASE_NOT_FOUND' });
    return { ...purchase, returnedQuantity: returned.of(id) };
  }
}
