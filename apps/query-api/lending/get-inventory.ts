import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { inventoryAnswer, type InventoryAnswer } from '#answers';
import { isRejected } from '#domain';
import { Users } from '#people';
import { InventoryQueries } from '#read-models';
import { knownInventory, type NoSuchInventory } from './known-inventory.ts';

/** An inventory, with the number of its owner. */
export class GetInventory extends Query<InventoryAnswer | NoSuchInventory> {
  constructor(readonly number: string) {
    super();
  }
}

@QueryHandler(GetInventory)
export class GetInventoryHandler implements IQueryHandler<GetInventory> {
  constructor(
    private readonly inventories: InventoryQueries,
    private readonly users: Users,
  ) {}

  async execute({ number }: GetInventory): Promise<InventoryAnswer | NoSuchInventory> {
    const found = await knownInventory(this.inventories, number);
    if (isRejected(found)) return found;
    return inventoryAnswer(found, found.ownerId === null ? undefined : await this.users.numberOf(found.ownerId));
  }
}
