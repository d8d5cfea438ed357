import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#domain';
import type { Caller } from '#people';
import { InventoryQueries, TransferQueries, type ListedTransfer, type Page, type Paging } from '#read-models';
import { knownInventory, mayActAt } from './known-inventory.ts';

type Outcome = Page<ListedTransfer> | Rejected<{ readonly code: 'INVENTORY_NOT_FOUND' | 'FORBIDDEN' }>;

/** The transfers from and to an inventory, for its owner and staff. */
export class ListTransfers extends Query<Outcome> {
  constructor(
    readonly caller: Caller,
    readonly number: string,
    readonly paging: Paging,
  ) {
    super();
  }
}

@QueryHandler(ListTransfers)
export class ListTransfersHandler implements IQueryHandler<ListTransfers> {
  constructor(
    private readonly inventories: InventoryQueries,
    private readonly transfers: TransferQueries,
  ) {}

  async execute({ caller, number, paging }: ListTransfers): Promise<Outcome> {
    const inventory = await knownInventory(this.inventories, number);
    if (isRejected(inventory)) return inventory;
    if (!mayActAt(inventory, caller)) return reject({ code: 'FORBIDDEN' });
    return this.transfers.page(inventory.inventoryId, paging);
  }
}
