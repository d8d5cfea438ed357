import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected } from '#domain';
import { Users, type Caller } from '#people';
import { HoldQueries, ItemQueries, ReturnQueries, type CountedPage, type HoldFilter, type Paging } from '#read-models';
import { askedUser, type NotTheirs } from '../people/asked-user.ts';
import type { ReturnedHold } from './get-hold.ts';

/** `user` and `item` are ids or numbers. */
export type WantedHolds = Omit<HoldFilter, 'customerId' | 'itemId'> & {
  readonly user?: string | undefined;
  readonly item?: string | undefined;
};

/** The holds of the caller that all conditions apply to; for staff, anybody's, and everybody's of what is named. */
export class ListHolds extends Query<CountedPage<ReturnedHold> | NotTheirs> {
  constructor(
    readonly caller: Caller,
    readonly wanted: WantedHolds,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListHolds)
export class ListHoldsHandler implements IQueryHandler<ListHolds> {
  constructor(
    private readonly holds: HoldQueries,
    private readonly returns: ReturnQueries,
    private readonly users: Users,
    private readonly items: ItemQueries,
  ) {}

  async execute({ caller, wanted, paging }: ListHolds): Promise<CountedPage<ReturnedHold> | NotTheirs> {
    const filter = await holdFilterOf(this.users, this.items, caller, wanted);
    if (isRejected(filter)) return filter;
    const page = await this.holds.page(filter, new Date(), paging);
    const confirmed = page.rows.filter(({ status }) => status === 'confirmed');
    const returned = await this.returns.quantitiesOf(confirmed.map(({ holdId }) => holdId));
    return { ...page, rows: page.rows.map((hold) => ({ ...hold, returnedQuantity: returned.of(hold.holdId) })) };
  }
}

/** Which holds are meant, by the ids of their user and item. */
export async function holdFilterOf(
  users: Users,
  items: ItemQueries,
  caller: Caller,
  { user, item, ...conditions }: WantedHolds,
): Promise<HoldFilter | NotTheirs> {
  const { slotId, reference } = conditions;
  const isNamed = slotId !== undefined || item !== undefined || reference !== undefined;
  const isOfAll = caller.role === 'staff' && isNamed;
  const [customer, found] = await Promise.all([
    user === undefined && isOfAll ? undefined : askedUser(users, caller, user ?? caller.id),
    item === undefined ? undefined : items.find(item),
  ]);
  if (customer !== undefined && isRejected(customer)) return customer;
  return { ...conditions, customerId: customer?.id, itemId: found?.id ?? item };
}
