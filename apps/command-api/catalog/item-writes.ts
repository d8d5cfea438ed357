import type { Numbers } from '#commands';
import { isRejected, type ItemCreated, type ItemDetails, type ItemEvent, type ItemRejection } from '#domain';
import type { NewItem, Rejected } from '#domain';
import { onlyRepeats, type Executed, type KeyReused, type RecordedEvent, type UseCaseContext } from '#use-cases';
import type { CategoryLookup, ItemReservations, ReservationRejection } from './item-reservations.ts';
import type { Items } from './items.ts';

export type NewItemDetails = Omit<NewItem, 'itemId' | 'number'>;

export type Created = RecordedEvent<ItemCreated> | Rejected<ItemRejection | ReservationRejection | KeyReused>;
export type Changed = Executed<ItemEvent> | Rejected<ItemRejection | ReservationRejection>;

/** Items as they are recorded, with what is reserved for them. */
export class ItemWrites {
  constructor(
    private readonly items: Items,
    private readonly numbers: Numbers,
    private readonly reservations: ItemReservations,
  ) {}

  async create(
    itemId: string,
    details: NewItemDetails,
    context: UseCaseContext,
    categories?: CategoryLookup,
  ): Promise<Created> {
    const [reserved, number] = await Promise.all([
      this.reservations.reserve(itemId, details, context, categories),
      this.numbers.assign('item', context.commandId, itemId),
    ]);
    const { recordBy, categoryId = null } = isRejected(reserved) ? onlyRepeats : reserved;
    const facts = { ...details, itemId, number, categoryId };
    const created = await this.items
      .of(itemId)
      .record('ItemCreated', { type: 'CreateItem', ...facts, recordBy }, context);
    if (isRejected(reserved)) return isRejected(created) ? reserved : created;
    if (isRejected(created)) await reserved.withdraw();
    else await reserved.settle(created.at);
    return created;
  }

  /** `ofSku` is the SKU by which the item was found. */
  async change(
    itemId: string,
    given: Partial<ItemDetails>,
    context: UseCaseContext,
    { ofSku, categories }: { readonly ofSku?: string; readonly categories?: CategoryLookup } = {},
  ): Promise<Changed> {
    const change = await this.reservations.resolved(given, categories);
    const found = ofSku === undefined ? {} : { ofSku };
    const isReserved = given.sku !== undefined || given.categoryId !== undefined;
    const command = { type: 'ChangeItem', change, ...found } as const;
    const item = this.items.of(itemId);
    // Most often it has the SKU and the category already, and there is nothing to reserve.
    const known = await item.execute({ ...command, ...(isReserved ? onlyRepeats : {}) }, context);
    if (!isRejected(known) || known.rejection.code !== 'NOT_RECORDED_IN_TIME') return known;
    const before = await item.read();
    const reserved = await this.reservations.reserve(itemId, change, context, categories);
    if (isRejected(reserved)) return reserved;
    const changed = await item.execute({ ...command, recordBy: reserved.recordBy }, context);
    if (isRejected(changed)) {
      await reserved.withdraw();
      return changed;
    }
    const { recorded } = changed;
    await reserved.settle(recorded?.at ?? 0);
    // On a repeat, the item that was read is as it became after the change.
    if (recorded?.repeated === false && before.status !== 'unknown')
      await this.reservations.free(before.facts, change, recorded.at);
    return changed;
  }
}
