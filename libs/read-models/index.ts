import type { Projection } from '#projections';
import { acceptancesProjection } from './acceptances/projection.ts';
import { availabilityProjection } from './availability/projection.ts';
import { categoriesProjection } from './categories/projection.ts';
import { holdsProjection } from './holds/projection.ts';
import { inventoriesProjection } from './inventories/projection.ts';
import { itemHistoryProjection } from './item-history/projection.ts';
import { itemsProjection } from './items/projection.ts';
import { journalProjection } from './journal/projection.ts';
import { lendsProjection } from './lends/projection.ts';
import { movementsProjection } from './movements/projection.ts';
import { orderHistoryProjection } from './order-history/projection.ts';
import { orderLinesProjection } from './order-lines/projection.ts';
import { ordersProjection } from './orders/projection.ts';
import { providesProjection } from './provides/read-model.ts';
import { purchasesProjection } from './purchases/projection.ts';
import { requestItemsProjection } from './request-items/projection.ts';
import { requestsProjection } from './requests/projection.ts';
import { returnsProjection } from './returns/projection.ts';
import { saleTermsProjection } from './sale-terms/projection.ts';
import { salesProjection } from './sales/projection.ts';
import { slotsProjection } from './slots/projection.ts';
import { transfersProjection } from './transfers/projection.ts';

export { AcceptanceQueries } from './acceptances/queries.ts';
export { AvailabilityQueries } from './availability/queries.ts';
export { isKnown, type Availability } from './availability/reads.ts';
export { CategoryQueries, type Category } from './categories/queries.ts';
export { DueList } from './due-list.ts';
export { followedRowsMax, type FollowedRow } from './followed-rows.ts';
export { TooManyReads } from './grouped-reads.ts';
export {
  FollowedHoldsQueries,
  followedHoldsProjections,
  holdIsAmong,
  type FollowedHold,
} from './holds/followed-holds.ts';
export { ExpiryLag, type Overdue } from './holds/expiry-lag.ts';
export { HoldQueries, holdStatuses, placeOfHold } from './holds/queries.ts';
export type { Hold, HoldFilter, HoldStatus } from './holds/queries.ts';
export { InventoryItems, type ItemOfInventory } from './inventories/inventory-items.ts';
export { InventoryQueries } from './inventories/queries.ts';
export { ItemHistoryQueries, type ItemChange } from './item-history/queries.ts';
export { ItemStock, type StockOfItem } from './items/item-stock.ts';
export { productSorts, type ProductFilter, type ProductSort } from './items/product-filter.ts';
export { ProductQueries, type Product, type ProductPage } from './items/product-queries.ts';
export { ItemQueries, type Item } from './items/queries.ts';
export { JournalNotBuilt, JournalQueries, type JournalEvent, type JournalFilter } from './journal/queries.ts';
export { storedEventTypes, subjectKinds, type SubjectKind } from './journal/stored-events.ts';
export { NotBuiltYet, OpenLends } from './lends/open-lends.ts';
export { LendQueries, type Lend, type LendFilter } from './lends/queries.ts';
export { MovementQueries, movementSorts, type Movement, type MovementSort } from './movements/queries.ts';
export { OrderHistoryQueries, type OrderChange } from './order-history/queries.ts';
export { OrderQueries, placeOfOrder, type ListedOrder, type OrderFilter, type WholeOrder } from './orders/queries.ts';
export { UnfinishedOrders } from './orders/unfinished-orders.ts';
export type { CountedPage, Page, Paging } from './paging.ts';
export { ProvideQueries, type Provide } from './provides/read-model.ts';
export { placeOfPurchase, PurchaseQueries, type Purchase, type PurchaseFilter } from './purchases/queries.ts';
export { RequestQueries, type RequestFilter } from './requests/queries.ts';
export { ReturnQueries, type ReturnedUnits } from './returns/queries.ts';
export { SaleTermsQueries } from './sale-terms/queries.ts';
export { TransferQueries, type ListedTransfer } from './transfers/queries.ts';
export { UnfinishedTransfers } from './transfers/unfinished-transfers.ts';
export { FollowedPlacesQueries, isAmong, placesProjections, slotStockPrefix } from './slots/followed-places.ts';
export type { FollowedPlaces } from './slots/followed-places.ts';
export { placeOfSlot, SlotQueries, slotSorts, type Slot, type SlotPage, type SlotSort } from './slots/queries.ts';
export type { ListedSlotFilter, SlotFilter } from './slots/queries.ts';
export { SlotAvailability, type PlacesOfSlot, type PlacesPage } from './slots/slot-availability.ts';
export { claimsShownMax, WhereaboutsQueries, type Whereabouts } from './whereabouts/queries.ts';

export interface ReadModel {
  readonly projection: Projection;
  /** Whether its rows are also in Redis, for frequent reads. */
  readonly inRedis: boolean;
}

/** All read models that the projector always builds. */
export const readModels: readonly ReadModel[] = [
  { projection: itemsProjection, inRedis: false },
  { projection: itemHistoryProjection, inRedis: false },
  { projection: categoriesProjection, inRedis: false },
  { projection: slotsProjection, inRedis: false },
  { projection: availabilityProjection, inRedis: true },
  { projection: movementsProjection, inRedis: false },
  { projection: holdsProjection, inRedis: false },
  { projection: purchasesProjection, inRedis: false },
  { projection: returnsProjection, inRedis: false },
  { projection: lendsProjection, inRedis: false },
  { projection: saleTermsProjection, inRedis: false },
  { projection: salesProjection, inRedis: false },
  { projection: ordersProjection, inRedis: false },
  { projection: orderLinesProjection, inRedis: false },
  { projection: orderHistoryProjection, inRedis: false },
  { projection: inventoriesProjection, inRedis: false },
  { projection: transfersProjection, inRedis: false },
  { projection: requestsProjection, inRedis: false },
  { projection: requestItemsProjection, inRedis: false },
  { projection: acceptancesProjection, inRedis: false },
  { projection: providesProjection, inRedis: false },
];

/** All read models that the projector builds with these settings. */
export function readModelsOf({ journal }: { readonly journal: boolean }): readonly ReadModel[] {
  return journal ? [...readModels, { projection: journalProjection, inRedis: false }] : readModels;
}

export {
  acceptancesProjection,
  availabilityProjection,
  categoriesProjection,
  holdsProjection,
  inventoriesProjection,
  itemHistoryProjection,
  itemsProjection,
  journalProjection,
  lendsProjection,
  movementsProjection,
  orderHistoryProjection,
  orderLinesProjection,
  ordersProjection,
  providesProjection,
  purchasesProjection,
  requestItemsProjection,
  requestsProjection,
  returnsProjection,
  saleTermsProjection,
  salesProjection,
  slotsProjection,
  transfersProjection,
};
