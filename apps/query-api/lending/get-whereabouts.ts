import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { LendAnswer } from '#answers';
import { isRejected, reject, type Rejected } from '#domain';
import { Users, type Caller } from '#people';
import { ItemQueries, WhereaboutsQueries, type Item, type Page, type Paging, type Whereabouts } from '#read-models';
import { knownItem } from '../catalog/known-item.ts';
import { lendAnswers } from './lend-answers.ts';

type NotShown = Rejected<{ readonly code: 'ITEM_NOT_FOUND' | 'FORBIDDEN' }>;

export interface ShownWhereabouts extends Omit<Whereabouts, 'lends'> {
  readonly lends: readonly LendAnswer[];
}

interface WhereaboutsOfItem {
  readonly item: Item;
  readonly page: Page<ShownWhereabouts>;
}

/** Where the units of an item are: in all inventories, or for an owner of inventories, in those. */
export class GetWhereabouts extends Query<WhereaboutsOfItem | NotShown> {
  constructor(
    readonly caller: Caller,
    readonly idOrNumber: string,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(GetWhereabouts)
export class GetWhereaboutsHandler implements IQueryHandler<GetWhereabouts> {
  constructor(
    private readonly whereabouts: WhereaboutsQueries,
    private readonly users: Users,
    private readonly items: ItemQueries,
  ) {}

  async execute({ caller, idOrNumber, paging }: GetWhereabouts): Promise<WhereaboutsOfItem | NotShown> {
    const ownerId = caller.role === 'staff' ? undefined : caller.id;
    if (ownerId !== undefined && !(await this.whereabouts.isOwner(ownerId))) return reject({ code: 'FORBIDDEN' });
    const item = await knownItem(this.items, idOrNumber);
    if (isRejected(item)) return item;
    const now = new Date();
    const { rows, ...page } = await this.whereabouts.page({ itemId: item.id, ownerId }, now, paging);
    const lends = await lendAnswers(
      rows.flatMap((row) => row.lends),
      this.users,
      this.items,
      now,
    );
    const lendsOf = Map.groupBy(lends, ({ from_inventory_id: inventoryId }) => inventoryId);
    return {
      item,
      page: { ...page, rows: rows.map((row) => ({ ...row, lends: lendsOf.get(row.inventoryId) ?? [] })) },
    };
  }
}
