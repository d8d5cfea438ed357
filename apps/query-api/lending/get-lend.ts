import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { reject, type LendId, type Rejected } from '#domain';
import { numberOf } from '#ids';
import { Users, type Caller } from '#people';
import { InventoryQueries, ItemQueries, LendQueries, type Lend } from '#read-models';
import { mayActAt } from './known-inventory.ts';
import { lendAnswers } from './lend-answers.ts';

type NotFound = Rejected<{ readonly code: 'LEND_NOT_FOUND'; readonly lendId: LendId }>;

/** A lend to the caller, or from an inventory of the caller; for staff, any. */
export class GetLend extends Query<LendAnswer | NotFound> {
  constructor(
    readonly caller: Caller,
    readonly number: string,
  ) {
    super();
  }
}

@QueryHandler(GetLend)
export class GetLendHandler implements IQueryHandler<GetLend> {
  constructor(
    private readonly lends: LendQueries,
    private readonly inventories: InventoryQueries,
    private readonly users: Users,
    private readonly items: ItemQueries,
  ) {}

  async execute({ caller, number }: GetLend): Promise<LendAnswer | NotFound> {
    const lendId = numberOf(number) ?? 0;
    const lend = await this.lends.find(lendId);
    const mayBeSeen = lend !== undefined && (await this.#mayBeSeenBy(caller, lend));
    const [answer] = mayBeSeen ? await lendAnswers([lend], this.users, this.items, new Date()) : [];
    // What the caller may not see is not there, for them.
    return answer ?? reject({ code: 'LEND_NOT_FOUND', lendId });
  }

  async #mayBeSeenBy(caller: Caller, { borrowerId, inventoryId }: Lend): Promise<boolean> {
    if (caller.role === 'staff' || borrowerId === caller.id) return true;
    const inventory = await this.inventories.find(inventoryId);
    return inventory !== undefined && mayActAt(inventory, caller);
  }
}
