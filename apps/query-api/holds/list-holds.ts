import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#domain';
import { Users, type Caller } from '#people';
import { HoldQueries, ReturnQueries, type HoldStatus, type Page, type Paging } from '#read-models';
import type { ReturnedHold } from './get-hold.ts';

type NotTheirs = Rejected<{ readonly code: 'FORBIDDEN' }>;

export interface WantedHolds {
  /** Whose holds, by id or name; the caller's own unless given. */
  readonly userId: string | undefined;
  readonly status: HoldStatus | undefined;
}

/** The holds of the caller; for staff, anybody's. */
export class ListHolds extends Query<Page<ReturnedHold> | NotTheirs> {
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
  ) {}

  async execute({ caller, wanted, paging }: ListHolds): Promise<Page<ReturnedHold> | NotTheirs> {
    const customer = await this.#customerOf(wanted.userId, caller);
    if (isRejected(customer)) return customer;
    const page = await this.holds.page({ customerId: customer.id, status: wanted.status }, new Date(), paging);
    const confirmed = page.rows.filter(({ status }) => status === 'confirmed');
    const returned = await this.returns.quantitiesOf(confirmed.map(({ holdId }) => holdId));
    return { ...page, rows: page.rows.map((hold) => ({ ...hold, returnedQuantity: returned.of(hold.holdId) })) };
  }

  async #customerOf(userId: string | undefined, caller: Caller): Promise<{ readonly id: string } | NotTheirs> {
    if (userId === undefined || userId === caller.id) return caller;
    const found = await this.users.idOf(userId);
    if (caller.role !== 'staff' && found !== caller.id) return reject({ code: 'FORBIDDEN' });
    return { id: found ?? userId };
  }
}
