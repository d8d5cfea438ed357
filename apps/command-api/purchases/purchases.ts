import { labelled, reject } from '#domain';
import type { Rejected, StockEvent, StockId, TakenBefore, UnitsPurchased } from '#domain';
import type { EventStore } from '#event-store';
import { canBePurchaseId, type PurchaseIds } from '#ids';
import type { PurchaseQueries } from '#read-models';
import type { UseCaseContext } from '#use-cases';
import { findInStream } from '../stock/find-in-stream.ts';

/** A purchase, as the event says that made it. */
export interface RecordedPurchase {
  readonly stock: StockId;
  readonly event: UnitsPurchased;
  readonly taken: TakenBefore;
}

export type PurchaseNotFound = Rejected<{ readonly code: 'PURCHASE_NOT_FOUND' }>;

/** Purchases by their ids, however long ago they were made, and whether or not a read model knows them yet. */
export class Purchases {
  constructor(
    private readonly ids: PurchaseIds,
    private readonly purchases: PurchaseQueries,
    private readonly store: EventStore,
  ) {}

  /** A purchase of the caller; for staff, anybody's. */
  async find(id: string, { role, userId, deadline }: UseCaseContext): Promise<RecordedPurchase | PurchaseNotFound> {
    if (!canBePurchaseId(id)) return reject({ code: 'PURCHASE_NOT_FOUND' });
    const place = await this.purchases.placeOf(id);
    const reference = this.ids.read(id);
    // The first ids did not lead to their stock: the read model has them.
    const stock = reference?.stock ?? place?.stock;
    if (stock === undefined) return reject({ code: 'PURCHASE_NOT_FOUND' });
    const is = (event: StockEvent): event is UnitsPurchased =>
      event.type === 'UnitsPurchased' && event.purchaseId === id;
    const wanted = { stock, since: reference?.madeAt ?? 0, is, likelyAt: place?.revision };
    const found = await findInStream(this.store, wanted, deadline);
    const isTheirs = role === 'staff' || found?.event.customerId === userId;
    if (found === undefined || !isTheirs) return reject({ code: 'PURCHASE_NOT_FOUND' });
    const { event, at: takenAt } = found;
    const { customerId, quantity: takenQuantity } = event;
    const taken = { source: 'purchase', sourceId: id, customerId, takenQuantity, takenAt, ...labelled(event) } as const;
    return { stock, event, taken };
  }
}
