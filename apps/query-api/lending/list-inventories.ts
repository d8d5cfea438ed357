import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { inventoryAnswer, type InventoryAnswer } from '#answers';
import { Users } from '#people';
import { InventoryQueries, type Page, type Paging } from '#read-models';

/** All inventories, with the numbers of their owners. */
export class ListInventories extends Query<Page<InventoryAnswer>> {
  constructor(readonly paging: Paging) {
    super();
  }
}

@QueryHandler(ListInventories)
export class ListInventoriesHandler implements IQueryHandler<ListInventories> {
  constructor(
    private readonly inventories: InventoryQueries,
    private readonly users: Users,
  ) {}

  async execute({ paging }: ListInventories): Promise<Page<InventoryAnswer>> {
    const { rows, ...page } = await this.inventories.page(paging);
    const owners = rows.flatMap(({ ownerId }) => ownerId ?? []);
    const numbers = await this.users.numbersOf(owners);
    return { ...page, rows: rows.map((facts) => inventoryAnswer(facts, numbers.get(facts.ownerId ?? ''))) };
  }
}
