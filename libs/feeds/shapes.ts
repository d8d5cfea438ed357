import type {
  Condition,
  InventoryDetails,
  InventoryField,
  ItemDetails,
  ItemField,
  Labels,
  OrderFacts,
  RequestFacts,
} from '#domain';

/** What every public event says first: the id of its subject. */
interface Subject {
  readonly id: string;
}

/** Where units are: in an inventory, or at a slot. */
export type Place = { readonly itemId: string; readonly inventoryId: number } | { readonly slotId: number };

export type HoldShape = Subject &
  Place &
  Labels & {
    readonly userId: string;
    readonly quantity: number;
    readonly createdAt: string;
    readonly expiresAt: string;
  };

/** Units that were held and not confirmed are available again. */
export type ConfirmedHoldShape = HoldShape & { readonly confirmedQuantity: number };

export type PurchaseShape = Subject &
  Place &
  Labels & {
    readonly userId: string;
    readonly quantity: number;
    /** Units available after the purchase. */
    readonly remaining: number;
  };

/** A purchase, hold or order after units of it were given back. Of an order, this is said of each of its items alone. */
export type ReturnedShape = Subject &
  Place &
  Labels & {
    readonly userId: string;
    /** Units taken there with it. */
    readonly quantity: number;
    /** Units of them that were given back in all. */
    readonly returnedQuantity: number;
    /** Units that were given back with this event. */
    readonly partQuantity: number;
    readonly reason: string | null;
  };

/** A lend after the event. */
export type LendShape = Subject &
  Place &
  Labels & {
    readonly userId: string;
    readonly quantity: number;
    /** Units of it that are back, in whatever condition, or lost. */
    readonly returnedQuantity: number;
    readonly lentAt: string;
    readonly dueAt: string | null;
    readonly renewals: number;
  };

export type ReturnedLendShape = LendShape & {
  /** Units that came back with this event; if they are damaged or lost, they are not available again. */
  readonly partQuantity: number;
  readonly condition: Condition;
};

/** A stock after a change of its balance. */
export type StockShape = Subject &
  Place & {
    readonly available: number;
    readonly availableBefore: number;
    readonly total: number;
    readonly taken: number;
    readonly held: number;
    readonly reserved: number;
    readonly lent: number;
    /** Increases with every change of the stock. */
    readonly revision: number;
  };

export type LowStockShape = StockShape & {
  /** The units at or below which it is low. */
  readonly lowAt: number;
};

/**
 * A product after the event. Its texts, pictures and specifications are not in it, because they may be long: whoever
 * needs them asks for the product.
 */
export type ProductShape = Subject &
  Pick<ItemDetails, 'name' | 'price' | 'originalPrice' | 'categoryId' | 'sku' | 'featured'> & {
    readonly number: number;
    readonly discontinued: boolean;
  };

export type ChangedProductShape = ProductShape & {
  /** The fields that changed, including those that are not here. */
  readonly changed: readonly ItemField[];
};

/** An order after the event. Its items are not in it, because they may be many: whoever needs them asks for the order. */
export type OrderShape = Subject &
  Pick<
    OrderFacts,
    'orderNumber' | 'status' | 'paymentMethod' | 'subtotal' | 'shipping' | 'discount' | 'total' | 'trackingNumber'
  > &
  Labels & { readonly userId: string };

export type PaidOrderShape = Omit<OrderShape, 'reference'> & {
  /** The payment in the system of whoever took it. */
  readonly reference: string;
  /** What is the reference of the order elsewhere. */
  readonly orderReference?: string;
};

export type CancelledOrderShape = OrderShape & { readonly reason: 'requested' | 'unpaid' };

/** An inventory after the event. Its description is not in it, because it may be long. */
export type InventoryShape = Subject &
  Omit<InventoryDetails, 'description'> & {
    readonly inventoryId: number;
    /** Null for the main inventory. */
    readonly ownerId: string | null;
  };

export type ChangedInventoryShape = InventoryShape & {
  /** The fields that changed, including those that are not here. */
  readonly changed: readonly InventoryField[];
};

/** A request after the event. Its items are not in it, because they may be many: whoever needs them asks for the request. */
export type RequestShape = Subject &
  Pick<RequestFacts, 'status' | 'requiredQty' | 'currentQty'> & {
    /** Who needs it. */
    readonly userId: string;
    readonly type: RequestFacts['kind'];
  };

/** With the acceptance that was made or withdrawn. */
export type AcceptedRequestShape = RequestShape & {
  readonly acceptanceId: number;
  readonly accepterId: string;
  readonly qty: number;
};
