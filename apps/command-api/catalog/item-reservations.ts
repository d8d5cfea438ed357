import { GroupMembers, UniqueValues, type Reservation, type Reservations } from '#commands';
import { isRejected, reject, type ItemDetails, type ItemFacts, type ItemId, type Rejected } from '#domain';
import { rejectField, type FieldRejection, type UseCaseContext } from '#use-cases';
import type { Categories } from './categories.ts';
import type { Items } from './items.ts';
import { reserveUnique } from './unique-value.ts';

export type ReservationRejection = { readonly code: 'SKU_TAKEN'; readonly sku: string } | FieldRejection<'category'>;

type Wanted = Partial<Pick<ItemDetails, 'sku' | 'categoryId'>>;

export type CategoryLookup = Pick<Categories, 'find'>;

interface Part {
  readonly rows: Reservations;
  readonly reservation: Reservation;
}

/** What an item needs before it records a SKU, which no other item may have, or a category, which must not end. */
export class ItemReservations {
  constructor(
    private readonly items: Items,
    private readonly categories: Categories,
    private readonly skus: UniqueValues,
    private readonly members: GroupMembers,
  ) {}

  /** The same with the id of the category, if it is named by its number. */
  async resolved<Details extends Wanted>(
    details: Details,
    categories: CategoryLookup = this.categories,
  ): Promise<Details> {
    if (typeof details.categoryId !== 'string') return details;
    const found = await categories.find(details.categoryId);
    return isRejected(found) ? details : { ...details, categoryId: found.id };
  }

  async reserve(
    itemId: ItemId,
    { sku, categoryId }: Wanted,
    context: UseCaseContext,
    categories: CategoryLookup = this.categories,
  ): Promise<ReservedForItem | Rejected<ReservationRejection>> {
    const parts: Part[] = [];
    const named = typeof categoryId === 'string' ? await categories.find(categoryId) : undefined;
    if (named !== undefined) {
      const joined = isRejected(named) ? undefined : await this.members.reserve('category', named.id, itemId);
      if (joined === undefined) return rejectField('categoryId', 'category', {});
      parts.push({ rows: this.members, reservation: joined });
    }
    if (typeof sku === 'string') {
      const wanted = { kind: 'sku', value: sku, owner: itemId };
      const unique = await reserveUnique(this.skus, wanted, this.items.ownersOf('sku', context));
      if (unique === undefined) {
        await new ReservedForItem(parts).withdraw();
        return reject({ code: 'SKU_TAKEN', sku });
      }
      parts.push({ rows: this.skus, reservation: unique });
    }
    return new ReservedForItem(parts);
  }

  /** Frees what an item had before an event at this time, and has no longer. */
  async free({ itemId, sku, categoryId }: ItemFacts, now: Wanted, at: number): Promise<void> {
    const freed: Promise<void>[] = [];
    if (sku !== null && now.sku !== undefined && now.sku !== sku) freed.push(this.skus.free('sku', sku, itemId, at));
    if (categoryId !== null && now.categoryId !== undefined && now.categoryId !== categoryId)
      freed.push(this.members.free('category', categoryId, itemId, at));
    await Promise.all(freed);
  }
}

export class ReservedForItem {
  readonly #parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** The last time at which the item may record it. */
  get recordBy(): number | undefined {
    const times = this.#parts.map(({ reservation }) => reservation.recordBy);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** The category that is meant, if it was named by its number. */
  get categoryId(): string | undefined {
    return this.#parts.find(({ reservation }) => reservation.kind === 'category')?.reservation.value;
  }

  /** The item recorded it at this time. */
  async settle(at: number): Promise<void> {
    await Promise.all(this.#parts.map(({ rows, reservation }) => rows.settle(reservation, at)));
  }

  /** The item was rejected. */
  async withdraw(): Promise<void> {
    await Promise.all(this.#parts.map(({ rows, reservation }) => rows.withdraw(reservation)));
  }
}
