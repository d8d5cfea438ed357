import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Users, type Caller } from '#people';
import { ItemQueries, type HoldFilter } from '#read-models';
import type { NotTheirs } from '../people/asked-user.ts';
import { holdFilterOf, type WantedHolds } from './list-holds.ts';

/** Which holds the caller follows: those that the list of the same conditions has. */
export class FollowHolds extends Query<HoldFilter | NotTheirs> {
  constructor(
    readonly caller: Caller,
    readonly wanted: WantedHolds,
  ) {
    super();
  }
}

@QueryHandler(FollowHolds)
export class FollowHoldsHandler implements IQueryHandler<FollowHolds> {
  constructor(
    private readonly users: Users,
    private readonly items: ItemQueries,
  ) {}

  execute({ caller, wanted }: FollowHolds): Promise<HoldFilter | NotTheirs> {
    return holdFilterOf(this.users, this.items, caller, wanted);
  }
}
