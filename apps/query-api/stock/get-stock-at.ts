import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, itemStock, reject, type Rejected, type InventoryId, type ItemId } from '#domain';
import { ItemQueries, MovementQueries, type Movement } from '#read-models';
import { knownItem } from '../catalog/known-item.ts';

interface StockAt {
  readonly itemId: ItemId;
  /** The last one up to then. */
  readonly movement: Movement;
}

type Outcome = StockAt | Rejected<{ readonly code: 'ITEM_NOT_FOUND' | 'NOTHING_RECORDED_YET' }>;

/** What of an item could be promised at a time. */
export class GetStockAt extends Query<Outcome> {
  constructor(
    readonly idOrNumber: string,
    readonly inventoryId: InventoryId,
    readonly at: Date,
  ) {
    super();
  }
}

@QueryHandler(GetStockAt)
export class GetStockAtHandler implements IQueryHandler<GetStockAt> {
  constructor(
    private readonly items: ItemQueries,
    private readonly movements: MovementQueries,
  ) {}

  async execute({ idOrNumber, inventoryId, at }: GetStockAt): Promise<Outcome> {
    const item = await knownItem(this.items, idOrNumber);
    if (isRejected(item)) return item;
    const movement = await this.movements.lastUntil(itemStock(item.id, inventoryId), at);
    if (movement === undefined) return reject({ code: 'NOTHING_RECORDED_YET' });
    return { itemId: item.id, movement };
  }
}
