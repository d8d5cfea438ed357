import type { CategoryRejection, InventoryRejection, ItemRejection, OrderRejection } from '#domain';
import type { NotTransferred, RequestRejection, SlotRejection, StockRejection, TransferRejection } from '#domain';
import type { Shown } from './shown-facts.ts';

type DomainRejection =
  | CategoryRejection
  | InventoryRejection
  | ItemRejection
  | OrderRejection
  | RequestRejection
  | SlotRejection
  | StockRejection
  | TransferRejection
  | Extract<NotTransferred, { code: 'TRANSFER_TOO_OLD' }>;

/** Errors of the HTTP layer, with the facts shown in `data`. */
interface EdgeFacts {
  REQUEST_MALFORMED: null;
  REQUEST_TIMEOUT: null;
  URL_TOO_LONG: null;
  EXPECTATION_FAILED: null;
  HEADERS_TOO_LARGE: null;
  BODY_MALFORMED: null;
  BODY_TOO_LARGE: { bytesMax: number };
  TOO_MANY_VALUES: { valuesMax: number };
  CONTENT_TYPE_UNSUPPORTED: null;
  VALIDATION_FAILED: Record<string, string>;
  ROUTE_UNKNOWN: null;
  TOKEN_MISSING: null;
  TOKEN_INVALID: null;
  ISSUER_UNAVAILABLE: { retryAfterSeconds: number };
  NO_SESSION: null;
  CREDENTIALS_WRONG: null;
  PASSWORD_WRONG: null;
  CURRENT_PASSWORD_MISSING: null;
  USER_NOT_FOUND: null;
  SESSION_NOT_FOUND: null;
  TOO_MANY_ATTEMPTS: { retryAfterSeconds: number };
  FORBIDDEN: null;
  ON_BEHALF_OF_MISSING: null;
  ON_BEHALF_OF_NOT_ALLOWED: null;
  USER_DISABLED: null;
  API_KEY_NOT_FOUND: null;
  PASSWORD_RESET_NOT_FOUND: null;
  TOO_MANY_API_KEYS: { apiKeysMax: number };
  WEBHOOK_NOT_FOUND: null;
  DELIVERY_NOT_FOUND: null;
  JOURNAL_OFF: null;
  JOURNAL_NOT_BUILT: null;
  EVENT_NOT_FOUND: null;
  PROJECTION_NOT_FOUND: { projections: string };
  RUN_NOT_FOUND: null;
  RUN_ENDED: { state: string };
  STREAM_NOT_PARKED: null;
  TOO_MANY_WEBHOOKS: { webhooksMax: number };
  ITEM_NOT_FOUND: null;
  CATEGORY_IN_USE: null;
  SKU_TAKEN: { sku: string };
  SLUG_TAKEN: { slug: string };
  ORDER_EMPTY: null;
  INVENTORY_DOES_NOT_LEND: null;
  LIMIT_PER_BORROWER: { openLendsMax: number | null; lentUnitsMax: number | null; overdueLendsMax: number | null };
  HOLD_NOT_FOR_SALE: null;
  HOLD_NOT_CONFIRMED: null;
  HOLD_IN_ORDER: { orderId: string };
  HOLD_LENT: { lendId: number };
  PURCHASE_NOT_FOUND: null;
  REQUEST_TYPE_UNKNOWN: { type: string };
  SLOT_NOT_FOUND: null;
  INVENTORY_ID_MISSING: null;
  INVENTORY_TAKES_NOTHING: null;
  NOTHING_RECORDED_YET: null;
  IDEMPOTENCY_KEY_MISSING: null;
  IDEMPOTENCY_KEY_INVALID: null;
  KEY_REUSED: null;
  KEY_IN_FLIGHT: null;
  RATE_LIMITED: { retryAfterSeconds: number };
  TOO_MANY_STREAMS: { streamsMax: number; retryAfterSeconds: number };
  TOKEN_FOREIGN: null;
  NOT_YET_VISIBLE: null;
  PROJECTION_PARKED: null;
  OVERLOADED: null;
  OUTCOME_UNKNOWN: null;
  UNAVAILABLE: null;
  STOPPING: null;
  INTERNAL: null;
}

type DomainFacts = { [Code in DomainRejection['code']]: FactsOf<DomainRejection, Code> };

/** Of a union, the facts of each member with the code. */
type FactsOf<Rejection, Code> = Rejection extends { readonly code: infer Codes }
  ? Code extends Codes
    ? Shown<Omit<Rejection, 'code'>>
    : never
  : never;

/** Code → its facts, for every error that an answer can have. */
export type Facts = EdgeFacts & Omit<DomainFacts, keyof EdgeFacts>;
export type ErrorCode = keyof Facts;

/** The only mapping from codes to statuses. */
export const statusOf = {
  REQUEST_MALFORMED: 400,
  REQUEST_TIMEOUT: 408,
  URL_TOO_LONG: 414,
  EXPECTATION_FAILED: 417,
  HEADERS_TOO_LARGE: 431,
  BODY_MALFORMED: 400,
  BODY_TOO_LARGE: 413,
  TOO_MANY_VALUES: 413,
  CONTENT_TYPE_UNSUPPORTED: 415,
  VALIDATION_FAILED: 422,
  ROUTE_UNKNOWN: 404,
  TOKEN_MISSING: 401,
  TOKEN_INVALID: 401,
  ISSUER_UNAVAILABLE: 503,
  NO_SESSION: 409,
  CREDENTIALS_WRONG: 401,
  PASSWORD_WRONG: 400,
  CURRENT_PASSWORD_MISSING: 400,
  USER_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  TOO_MANY_ATTEMPTS: 429,
  FORBIDDEN: 403,
  ON_BEHALF_OF_MISSING: 400,
  ON_BEHALF_OF_NOT_ALLOWED: 403,
  USER_DISABLED: 403,
  API_KEY_NOT_FOUND: 404,
  PASSWORD_RESET_NOT_FOUND: 404,
  TOO_MANY_API_KEYS: 409,
  WEBHOOK_NOT_FOUND: 404,
  DELIVERY_NOT_FOUND: 404,
  JOURNAL_OFF: 404,
  JOURNAL_NOT_BUILT: 503,
  EVENT_NOT_FOUND: 404,
  PROJECTION_NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  RUN_ENDED: 409,
  STREAM_NOT_PARKED: 404,
  TOO_MANY_WEBHOOKS: 409,
  ITEM_NOT_FOUND: 404,
  CATEGORY_NOT_FOUND: 404,
  CATEGORY_IN_USE: 409,
  SKU_TAKEN: 409,
  SLUG_TAKEN: 409,
  NOT_RECORDED_IN_TIME: 503,
  SLOT_NOT_FOUND: 404,
  NOTHING_RECORDED_YET: 404,
  IDEMPOTENCY_KEY_MISSING: 400,
  IDEMPOTENCY_KEY_INVALID: 400,
  KEY_REUSED: 422,
  KEY_IN_FLIGHT: 409,
  RATE_LIMITED: 429,
  TOO_MANY_STREAMS: 429,
  TOKEN_FOREIGN: 400,
  NOT_YET_VISIBLE: 503,
  PROJECTION_PARKED: 503,
  OVERLOADED: 503,
  OUTCOME_UNKNOWN: 503,
  UNAVAILABLE: 503,
  STOPPING: 503,
  INTERNAL: 500,
  ID_TAKEN: 409,
  SLOT_ENDS_TOO_EARLY: 422,
  TOO_MANY_UNITS: 409,
  INSUFFICIENT_STOCK: 400,
  TOO_MANY_CLAIMS: 409,
  TOO_MUCH_METADATA: 409,
  EXPECTED_MISMATCH: 409,
  CAPACITY_TOO_SMALL: 409,
  LIMIT_PER_CUSTOMER: 400,
  DISCONTINUED: 404,
  NOT_ON_SALE: 409,
  SALE_ENDS_TOO_EARLY: 422,
  MORE_THAN_TAKEN: 400,
  RETURN_TOO_LATE: 409,
  NOT_SHIPPED_YET: 409,
  RETURNS_FORGOTTEN: 503,
  NOT_COUNTED_HERE: 503,
  CLOSED: 409,
  HOLD_NOT_FOUND: 404,
  HOLD_CONFIRMED: 409,
  HOLD_CANCELLED: 409,
  HOLD_EXPIRED: 410,
  HOLD_TOO_LONG: 422,
  ITEM_UNKNOWN: 400,
  ORDER_EMPTY: 400,
  ORDER_TOTAL_TOO_LARGE: 422,
  NOT_PLACED_IN_TIME: 409,
  ORDER_NOT_FOUND: 404,
  ORDER_STATE: 409,
  ORDER_PAID: 409,
  ORDER_RELEASED: 409,
  ORDER_TOO_OLD: 409,
  RESERVATION_NOT_FOUND: 404,
  NOT_IN_INVENTORY: 400,
  INVENTORY_NOT_FOUND: 404,
  INVENTORY_DOES_NOT_LEND: 409,
  LIMIT_PER_BORROWER: 409,
  HOLD_NOT_FOR_SALE: 409,
  HOLD_NOT_CONFIRMED: 409,
  HOLD_IN_ORDER: 409,
  HOLD_LENT: 409,
  PURCHASE_NOT_FOUND: 404,
  INVENTORY_ID_MISSING: 400,
  INVENTORY_TAKES_NOTHING: 409,
  TRANSFER_NOT_FOUND: 404,
  TRANSFER_TOO_OLD: 409,
  LEND_NOT_FOUND: 404,
  ALREADY_RETURNED: 409,
  LEND_TOO_OLD: 409,
  MORE_THAN_LENT: 409,
  RENEWED_TOO_OFTEN: 409,
  LEND_AWAITED: 409,
  REQUEST_NOT_FOUND: 404,
  REQUEST_TYPE_UNKNOWN: 400,
  REQUEST_ITEMS_MISSING: 400,
  REQUEST_QTY_MISSING: 400,
  ITEM_NOT_REQUESTED: 400,
  REQUEST_COMPLETED: 409,
  REQUEST_CANCELLED: 409,
  TOO_MANY_ACCEPTANCES: 409,
  ACCEPTANCE_NOT_FOUND: 404,
} as const satisfies Record<ErrorCode, number>;
