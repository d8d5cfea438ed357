import type { Decision, Timed } from '../aggregate.ts';
import type { Condition, NotReceived, SaleTerms, SourceKind, StockEvent } from './events.ts';
import type { HoldLimits } from './state.ts';
import type { NotRecordedInTime, Reserved } from '../reserved.ts';
import type { CustomerId, HoldId, InventoryId, LendId, OrderId, SlotId, TransferId } from '../ids.ts';
import type { Labels } from '../labels.ts';

export type StockCommand =
  | {
      readonly type: 'Provide';
      readonly quantity: number;
      readonly provideId: number | null;
      readonly providerId?: CustomerId;
    }
  | {
      readonly type: 'Adjust';
      readonly delta: number;
      readonly reason: string;
      /** The number of available units the caller expects; the command is rejected if it differs. */
      readonly expectedAvailable?: number;
    }
  /** There are this many units, with those that are held, reserved or lent. */
  | { readonly type: 'Count'; readonly onHand: number; readonly reason: string }
  | { readonly type: 'SetCapacity'; readonly capacity: number }
  /** The first command of the places of a slot. */
  | { readonly type: 'OpenPlaces'; readonly capacity: number; readonly closesAt: number | null }
  | ({
      readonly type: 'Purchase';
      readonly purchaseId: string;
      readonly customerId: CustomerId;
      readonly quantity: number;
      readonly labels?: Labels | undefined;
    } & Counted)
  | ({
      readonly type: 'GiveBack';
      /** All that was not given back yet, unless given. */
      readonly quantity?: number;
      readonly reason: string | null;
      /** The last time at which the customer may give back, in milliseconds since 1970; null for no such time. */
      readonly until: number | null;
      /** What the stream says of the source: the state may have forgotten it. */
      readonly earlier?: EarlierReturns;
    } & TakenBefore)
  | ({
      readonly type: 'Hold';
      readonly holdId: HoldId;
      readonly customerId: CustomerId;
      readonly quantity: number;
      readonly ttlMs: number;
      /** The limits for a stock without its own; by default `defaultHoldLimits`. */
      readonly limits?: HoldLimits;
      readonly labels?: Labels | undefined;
    } & Reserved)
  | ({ readonly type: 'ExtendHold'; readonly ttlMs: number } & OfHold)
  | ({ readonly type: 'ConfirmHold'; readonly quantity?: number } & OfHold & Counted)
  | ({ readonly type: 'CancelHold' } & OfHold)
  | { readonly type: 'ExpireDue' }
  | { readonly type: 'NoteTime' }
  | ({
      readonly type: 'ReserveForOrder';
      readonly customerId: CustomerId;
      /** All units of the order on this stock, with those of its holds. */
      readonly quantity: number;
      /** The customer's own holds on this stock that the order turns into its reservation. */
      readonly holds: readonly HeldForOrder[];
    } & OfOrder &
      Counted)
  | ({ readonly type: 'ReleaseOrder' } & OfOrder)
  | ({ readonly type: 'ShipOrder' } & OfOrder)
  | ({
      readonly type: 'Lend';
      readonly lendId: LendId;
      readonly borrowerId: CustomerId;
      readonly quantity: number;
      readonly dueAt: number | null;
      readonly labels?: Labels | undefined;
    } & Reserved)
  /** Turns a hold into a lend at once, so that it can neither expire nor be lent to others in between. */
  | ({ readonly type: 'LendHeld'; readonly lendId: LendId; readonly dueAt: number | null } & OfHold & Reserved)
  | ({
      readonly type: 'Return';
      /** All that is not back yet, unless given. */
      readonly quantity?: number;
      readonly condition: Condition;
      readonly note: string | null;
    } & OfLend)
  | ({ readonly type: 'RenewLend'; readonly dueAt: number; readonly renewalsMax: number } & OfLend & Reserved)
  /** Records of each lend that is due and not back that it is overdue. */
  | { readonly type: 'MarkOverdue' }
  | ({ readonly type: 'SendUnits'; readonly toInventoryId: InventoryId } & OfTransfer)
  | ({ readonly type: 'ReceiveUnits'; readonly fromInventoryId: InventoryId } & OfTransfer)
  | ({
      readonly type: 'CancelSending';
      readonly toInventoryId: InventoryId;
      readonly reason: NotReceived;
      /** Whether the stream has the sending and no cancellation of it: the state may have forgotten both. */
      readonly isInStream: boolean;
    } & OfTransfer)
  /** What is left out stays. */
  | ({ readonly type: 'SetSaleTerms' } & Partial<SaleTerms>)
  | { readonly type: 'SetClosingTime'; readonly closesAt: number | null }
  | { readonly type: 'Discontinue' }
  | { readonly type: 'Reinstate' };

/** Units that a customer took, as the event says that took them. */
export interface TakenBefore {
  readonly source: SourceKind;
  readonly sourceId: string;
  readonly customerId: CustomerId;
  readonly takenQuantity: number;
  /** In milliseconds since 1970. */
  readonly takenAt: number;
  readonly labels?: Labels;
}

export interface EarlierReturns {
  readonly returnedQuantity: number;
  /** The `number` of the last event of the stream that was looked at. */
  readonly upTo: number;
}

/**
 * A stock counts what each of so many customers takes. Those who come later are counted elsewhere, before the command is
 * sent.
 */
interface Counted extends Reserved {
  readonly isCounted?: boolean;
}

interface OfHold {
  readonly holdId: HoldId;
  /** The required owner of the hold; null for staff, who may change any hold. */
  readonly customerId: CustomerId | null;
}

interface OfLend {
  readonly lendId: LendId;
  /** The required borrower; null for whoever may act for any, such as staff. */
  readonly borrowerId: CustomerId | null;
}

interface OfOrder {
  readonly orderId: OrderId;
  /** In milliseconds since 1970. */
  readonly submittedAt: number;
}

/**
 * A stock answers each command of a transfer with an event, once and for good. It records nothing if it has answered
 * before, or may have: then its stream has the answer.
 */
interface OfTransfer {
  readonly transferId: TransferId;
  /** In milliseconds since 1970. */
  readonly requestedAt: number;
  readonly quantity: number;
}

/** The units that an order takes from a hold; the others are available again. */
export interface HeldForOrder {
  readonly holdId: HoldId;
  readonly quantity: number;
}

export interface OverPurchaseLimit {
  readonly purchaseLimit: number;
  /** Units that the customer has already; when a hold is rejected, with those that they hold. */
  readonly purchased: number;
  readonly requested: number;
}

export type StockRejection =
  | NotRecordedInTime
  | {
      readonly code: 'INSUFFICIENT_STOCK';
      readonly available: number;
      readonly requested: number;
      /** Of units that were to be lent: where they were looked for. */
      readonly inventoryId?: InventoryId;
      /** Of places that were to be held. */
      readonly slotId?: SlotId;
      /** Of what was to be confirmed: the hold that has less. */
      readonly holdId?: HoldId;
    }
  | { readonly code: 'TOO_MANY_UNITS'; readonly unitsMax: number }
  | { readonly code: 'TOO_MANY_CLAIMS'; readonly claimsMax: number }
  | { readonly code: 'TOO_MUCH_METADATA'; readonly charactersMax: number }
  | { readonly code: 'EXPECTED_MISMATCH'; readonly expected: number; readonly available: number }
  | { readonly code: 'CAPACITY_TOO_SMALL'; readonly capacity: number; readonly promised: number }
  | ({ readonly code: 'LIMIT_PER_CUSTOMER' } & (HoldLimits | OverPurchaseLimit))
  /** The stock counts other customers already: what this one takes is to be counted elsewhere first. */
  | { readonly code: 'NOT_COUNTED_HERE'; readonly purchaseLimit: number }
  | { readonly code: 'DISCONTINUED' }
  | { readonly code: 'CLOSED'; readonly closesAt: number }
  | ({ readonly code: 'NOT_ON_SALE' } & Pick<SaleTerms, 'saleStartsAt' | 'saleEndsAt'>)
  | { readonly code: 'SALE_ENDS_TOO_EARLY' }
  | { readonly code: 'MORE_THAN_TAKEN'; readonly outstanding: number; readonly requested: number }
  | { readonly code: 'RETURN_TOO_LATE'; readonly endedAt: number }
  /** The units are shipped, but the stock does not know it yet. */
  | { readonly code: 'NOT_SHIPPED_YET'; readonly orderId: OrderId }
  /** So much was given back since that only the stream knows whether this was. */
  | { readonly code: 'RETURNS_FORGOTTEN' }
  /** Unknown, owned by another customer, or ended so long ago that only the stream has it. */
  | { readonly code: 'HOLD_NOT_FOUND'; readonly holdId: HoldId }
  | { readonly code: 'HOLD_CONFIRMED' | 'HOLD_CANCELLED' | 'HOLD_EXPIRED'; readonly holdId: HoldId }
  | { readonly code: 'HOLD_TOO_LONG'; readonly lifeMsMax: number }
  | { readonly code: 'ORDER_RELEASED'; readonly orderId: OrderId }
  /** So many later orders have ended since that it is not known whether this one has. */
  | { readonly code: 'ORDER_TOO_OLD'; readonly orderId: OrderId }
  | { readonly code: 'RESERVATION_NOT_FOUND'; readonly orderId: OrderId }
  /** There has never been a unit of the item in the inventory. */
  | { readonly code: 'NOT_IN_INVENTORY' }
  | { readonly code: 'LEND_NOT_FOUND' | 'ALREADY_RETURNED'; readonly lendId: LendId }
  /** So many later lends have ended since that it is not known whether this one has. */
  | { readonly code: 'LEND_TOO_OLD'; readonly lendId: LendId }
  | { readonly code: 'MORE_THAN_LENT'; readonly outstanding: number; readonly requested: number }
  | { readonly code: 'RENEWED_TOO_OFTEN'; readonly renewalsMax: number }
  /** Nothing is available, and somebody else waits for a unit with a hold. */
  | { readonly code: 'LEND_AWAITED'; readonly lendId: LendId };

export type StockDecision = Decision<StockEvent, StockRejection>;

/** A command of the given type, with its time. */
export type Stocked<Type extends StockCommand['type']> = Timed<Extract<StockCommand, { type: Type }>>;

/** The maximum number of units of one stock, and thus of any sum within it. */
export const unitsMax = 1_000_000_000;
/** Open claims of one stock: holds, orders and lends together. */
export const claimsMax = 100_000;
/** The metadata of the open holds and lends of one stock together, in UTF-16 units: its state keeps it until they end. */
export const metadataOfClaimsMax = 10_000_000;
export const holdLifeMsMax = 24 * 60 * 60 * 1000;
/** Maximum number of holds or lends that one ExpireDue or MarkOverdue records, which limits the size of the append. */
export const dueAtOnceMax = 200;
/** Maximum length of their metadata together, which limits it as well, unless there is only one. */
export const dueMetadataMax = 100_000;
