import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { canBePurchaseId } from '#ids';
import type { Caller } from '#people';
import { ItemQueries, PurchaseQueries, ReturnQueries } from '#read-models';
import { shownPurchases, type ShownPurchase } from './shown-purchases.ts';

type NotFound = Rejected<{ readonly code: 'PURCHASE_NOT_FOUND' }>;

/** A purchase of the caller; for staff, anybody's. */
export class GetPurchase extends Query<ShownPurchase | NotFound> {
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
    private readonly items: ItemQueries,
  ) {}

  async execute({ caller, id }: GetPurchase): Promise<ShownPurchase | NotFound> {
    const purchase = canBePurchaseId(id) ? await this.purchases.find(id) : undefined;
    const mayBeSeen = purchase !== undefined && (caller.role === 'staff' || purchase.customerId === caller.id);
    const [shown] = mayBeSeen ? await shownPurchases([purchase], this.returns, this.items) : [];
    // What is not the caller's is not there, for them.
    return shown ?? reject({ code: 'PURCHASE_NOT_FOUND' });
  }
}
