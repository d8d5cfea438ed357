import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#domain';
import { Users, type Caller } from '#people';
import { HoldQueries, type Hold, type HoldStatus, type Page, type Paging } from '#read-models';

type NotTheirs = Rejected<{ readonly code: 'FORBIDDEN' }>;

export interface WantedHolds {
  /** Whose holds, by id or name; the caller's own unless given. */
  readonly userId: string | undefined;
  readonly status: HoldStatus | undefined;
}

/** The holds of the caller; for staff, anybody's. */
export class ListHolds extends Query<Page<Hold> | NotTheirs> {
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
    private readonly users: Users,
  ) {}

  async execute({ caller, wanted, paging }: ListHolds): Promise<Page<Hold> | NotTheirs> {
    const customer = await this.#customerOf(wanted.userId, caller);
    if (isRejected(customer)) return customer;
    return this.holds.page({ customerId: customer.id, status: wanted.status }, new Date(), paging);
  }

  async #customerOf(userId: string | undefined, caller: Caller): Promise<{ readonly id: string } | NotTheirs> {
    if (userId === undefined || userId === caller.id) return caller;
    const found = await this.users.idOf(userId);
    if (caller.role !== 'staff' && found !== caller.id) return reject({ code: 'FORBIDDEN' });
    return { id: found ?? userId };
  }
}
