import type { ErrorCode, Facts } from './codes.ts';

type AllNames<Shape> = Shape extends unknown ? keyof Shape : never;

/** A fact as an example shows it. */
export class Fact {
  constructor(
    readonly example: unknown,
    readonly extent: { readonly nullable?: true; readonly optional?: true; readonly isInExample?: true },
  ) {}
}

type ShownFact = string | number | Fact;

type ShownFacts<Shape> = [AllNames<Shape>] extends [never]
  ? null
  : { readonly [Name in keyof Shape]-?: ShownFact } & {
      readonly [Name in Exclude<AllNames<Shape>, keyof Shape>]?: ShownFact;
    };

export interface Explanation {
  /** When it is answered. */
  readonly meaning: string;
  /** What the client can do. */
  readonly action: string;
  /** An example of `data`. */
  readonly data: Readonly<Record<string, ShownFact>> | null;
}

type Guide = {
  readonly [Code in ErrorCode]: Omit<Explanation, 'data'> & { readonly data: ShownFacts<Facts[Code]> };
};

function orNull(example: unknown): Fact {
  return new Fact(example, { nullable: true });
}

/** Only in some answers with this code. */
function sometimes(example: unknown): Fact {
  return new Fact(example, { optional: true });
}

/** Only in some answers with this code, of which the example is one. */
function inTheExample(example: unknown): Fact {
  return new Fact(example, { optional: true, isInExample: true });
}

const ofOrders = { itemId: sometimes('prod_001') };
const sameRequest = 'Repeat the same request with the same Idempotency-Key.';
const retryLater = 'Repeat the same request after Retry-After.';
const correctRequest = 'Correct the request.';
const logIn = 'Log in, or refresh the session, and send the new token.';

/** What every error code means and what to do; docs/guide/errors.md, `/docs/errors` and the OpenAPI document show it. */
export const guide = {
  REQUEST_MALFORMED: {
    meaning: 'The request is not valid HTTP, or its URL is not valid UTF-8.',
    action: 'Correct the client; a library for HTTP does not send such requests.',
    data: null,
  },
  REQUEST_TIMEOUT: {
    meaning: 'The request was not received in time.',
    action: sameRequest,
    data: null,
  },
  URL_TOO_LONG: { meaning: 'A segment of the URL is too long.', action: correctRequest, data: null },
  EXPECTATION_FAILED: {
    meaning: 'The request has an `Expect` header other than `100-continue`.',
    action: 'Send the request without it.',
    data: null,
  },
  HEADERS_TOO_LARGE: {
    meaning: 'The headers of the request are too large.',
    action: 'Send fewer or shorter headers, usually cookies.',
    data: null,
  },
  BODY_MALFORMED: {
    meaning: 'The body is not one JSON object, or is nested too deeply.',
    action: correctRequest,
    data: null,
  },
  BODY_TOO_LARGE: {
    meaning: 'The body, or an entry of a list in it, is larger than allowed.',
    action: 'Send it in several requests.',
    data: { bytesMax: 262_144 },
  },
  TOO_MANY_VALUES: {
    meaning: 'The body has more values than allowed.',
    action: 'Send it in several requests.',
    data: { valuesMax: 2000 },
  },
  CONTENT_TYPE_UNSUPPORTED: {
    meaning: 'The body is not JSON.',
    action: 'Send `Content-Type: application/json`.',
    data: null,
  },
  VALIDATION_FAILED: {
    meaning: 'A field of the body or the query breaks a rule. `data` has a message for each field, in your language.',
    action: 'Show the messages, or correct the request. The Idempotency-Key can be used again.',
    data: { quantity: 'must be a whole number from 1 to 1000000000' },
  },
  ROUTE_UNKNOWN: { meaning: 'Nothing exists at this address.', action: 'Correct the URL or the method.', data: null },
  TOKEN_MISSING: {
    meaning: 'The operation needs a token.',
    action: 'Log in, and send `Authorization: Bearer <token>`.',
    data: null,
  },
  TOKEN_INVALID: {
    meaning: 'The token is invalid or has expired, or its session has ended.',
    action: logIn,
    data: null,
  },
  ISSUER_UNAVAILABLE: {
    meaning: 'The token is of another issuer, whose keys cannot be read now: nobody knows whether it is valid.',
    action: retryLater,
    data: { retryAfterSeconds: 5 },
  },
  NO_SESSION: {
    meaning: 'The caller is not in a session of Holdfast, but has an API key or a token of another issuer.',
    action: 'Log out at the issuer, or delete the API key.',
    data: null,
  },
  CREDENTIALS_WRONG: {
    meaning: 'The e-mail address, the user name or the password is wrong.',
    action: 'Ask the user again.',
    data: null,
  },
  PASSWORD_WRONG: { meaning: 'The current password is wrong.', action: 'Ask the user again.', data: null },
  CURRENT_PASSWORD_MISSING: {
    meaning: 'A new password was sent without the current one.',
    action: 'Send `currentPassword` too.',
    data: null,
  },
  USER_NOT_FOUND: { meaning: 'The user does not exist.', action: 'Correct the id.', data: null },
  SESSION_NOT_FOUND: {
    meaning: 'The session does not exist, belongs to another user, or has ended.',
    action: 'List the sessions again.',
    data: null,
  },
  TOO_MANY_ATTEMPTS: {
    meaning: 'There were too many failed logins, or registrations from one address.',
    action: 'Wait for Retry-After.',
    data: { retryAfterSeconds: 30 },
  },
  FORBIDDEN: {
    meaning: 'The caller may not do this: it is for staff, or for the owner.',
    action: 'Use the token of somebody who may.',
    data: null,
  },
  WEBHOOK_NOT_FOUND: { meaning: 'The webhook does not exist.', action: 'List the webhooks again.', data: null },
  DELIVERY_NOT_FOUND: {
    meaning: 'The delivery does not exist, or is too old to be kept.',
    action: 'List the deliveries again.',
    data: null,
  },
  JOURNAL_OFF: {
    meaning: 'This installation does not keep the journal of events.',
    action: 'Ask the operator to set HOLDFAST_JOURNAL=true.',
    data: null,
  },
  JOURNAL_NOT_BUILT: {
    meaning: 'The journal was turned on, and is not built up to the last event yet.',
    action: retryLater,
    data: null,
  },
  EVENT_NOT_FOUND: {
    meaning: 'The event does not exist, or the journal has not come to it yet.',
    action: 'Check the id.',
    data: null,
  },
  PROJECTION_NOT_FOUND: {
    meaning: 'There is no such projection, or it is not one that can be rebuilt and verified over HTTP.',
    action: 'Name one of the projections in `data`.',
    data: { projections: 'items, availability, holds' },
  },
  RUN_NOT_FOUND: {
    meaning: 'The projection has no rebuild or verification with this id; of those that ended, the last 100 are kept.',
    action: 'Check the id and the name of the projection.',
    data: null,
  },
  RUN_ENDED: {
    meaning: 'The rebuild or verification has ended and cannot be cancelled; `data` has its state.',
    action: 'Read its result in GET /admin/projections.',
    data: { state: 'done' },
  },
  STREAM_NOT_PARKED: {
    meaning: 'The stream is not parked in this projection, or not any more.',
    action: 'List the parked streams again.',
    data: null,
  },
  TOO_MANY_WEBHOOKS: {
    meaning: 'There are as many webhooks as allowed.',
    action: 'Delete one that is not needed.',
    data: { webhooksMax: 100 },
  },
  ITEM_NOT_FOUND: {
    meaning: 'The item does not exist.',
    action: 'Correct the id. A number is that of an item, never of a slot.',
    data: null,
  },
  CATEGORY_NOT_FOUND: { meaning: 'The category does not exist.', action: 'Correct the id.', data: null },
  CATEGORY_IN_USE: {
    meaning: 'A category with products, discontinued ones included, cannot be deleted.',
    action: 'Move its products to another category first.',
    data: null,
  },
  SKU_TAKEN: {
    meaning: 'Another product has the SKU; a discontinued product keeps its own.',
    action: 'Choose another SKU.',
    data: { sku: 'HP-001' },
  },
  SLUG_TAKEN: {
    meaning: 'Another category has the slug.',
    action: 'Choose another slug.',
    data: { slug: 'electronics' },
  },
  NOT_RECORDED_IN_TIME: {
    meaning: 'A reserved value could not be recorded in time. Nothing was recorded.',
    action: retryLater,
    data: { ...ofOrders },
  },
  SLOT_NOT_FOUND: { meaning: 'The slot does not exist.', action: 'Correct the number.', data: null },
  NOTHING_RECORDED_YET: {
    meaning: 'The stock had no event by that time.',
    action: 'Ask for a later time.',
    data: null,
  },
  ON_BEHALF_OF_MISSING: {
    meaning: 'An API key with the role `service` needs the header On-Behalf-Of for this request.',
    action: 'Send On-Behalf-Of with the id or number of the customer.',
    data: null,
  },
  ON_BEHALF_OF_NOT_ALLOWED: {
    meaning: 'On-Behalf-Of was sent by who may not act for others.',
    action: 'Leave the header out, or use an API key with the role `service`.',
    data: null,
  },
  USER_DISABLED: {
    meaning: 'The user is disabled.',
    action: 'Ask an operator to enable the user.',
    data: null,
  },
  PASSWORD_RESET_NOT_FOUND: {
    meaning: 'The token to set a new password is unknown, used or expired.',
    action: 'Ask for a new one.',
    data: null,
  },
  API_KEY_NOT_FOUND: {
    meaning: 'The API key does not exist.',
    action: 'Correct the id; `GET /api-keys` lists them.',
    data: null,
  },
  TOO_MANY_API_KEYS: {
    meaning: 'There are as many API keys as allowed.',
    action: 'Revoke one that is not used any more.',
    data: { apiKeysMax: 1000 },
  },
  IDEMPOTENCY_KEY_MISSING: {
    meaning: 'The operation needs an Idempotency-Key.',
    action: 'Send a new, unique `Idempotency-Key`, such as a UUID.',
    data: null,
  },
  IDEMPOTENCY_KEY_INVALID: {
    meaning: 'The Idempotency-Key is not 1 to 255 printable ASCII characters.',
    action: 'Send a UUID.',
    data: null,
  },
  KEY_REUSED: {
    meaning: 'The Idempotency-Key was used for another request.',
    action: 'Send a new key with each new request, and the same key only with its repetition.',
    data: null,
  },
  KEY_IN_FLIGHT: {
    meaning: 'The first request with this Idempotency-Key is still in progress.',
    action: 'Repeat it after Retry-After to get its answer.',
    data: null,
  },
  RATE_LIMITED: {
    meaning: 'There were too many requests in the window of `RateLimit-Policy`.',
    action: 'Wait for Retry-After.',
    data: { retryAfterSeconds: 5 },
  },
  TOO_MANY_STREAMS: {
    meaning: 'You have as many streams open as one caller, or one address, may have.',
    action: 'Close one, or wait for Retry-After.',
    data: { streamsMax: 100, retryAfterSeconds: 5 },
  },
  TOKEN_FOREIGN: {
    meaning: 'The Consistency-Token is not from this installation, or its write was lost with a restored backup.',
    action: 'Send the request without it.',
    data: null,
  },
  NOT_YET_VISIBLE: {
    meaning: 'The write of the Consistency-Token could not be read in time.',
    action: retryLater,
    data: null,
  },
  PROJECTION_PARKED: {
    meaning: 'The write of the Consistency-Token cannot be read until an operator resolves a problem.',
    action: 'Send the request without the token, or tell the operator.',
    data: null,
  },
  OVERLOADED: {
    meaning: 'The system is busy. Nothing was recorded.',
    action: retryLater,
    data: null,
  },
  OUTCOME_UNKNOWN: {
    meaning: 'It is unknown whether the request was recorded.',
    action: `${sameRequest} A new key could do it twice.`,
    data: null,
  },
  UNAVAILABLE: {
    meaning: 'A part of the system is unavailable. Nothing was recorded.',
    action: retryLater,
    data: null,
  },
  STOPPING: {
    meaning: 'The process that was asked is stopping. Nothing was recorded.',
    action: retryLater,
    data: null,
  },
  INTERNAL: {
    meaning: 'A defect.',
    action: 'Report it with the `requestId`, which is in the logs.',
    data: null,
  },
  ID_TAKEN: { meaning: 'The id is already in use.', action: 'Choose another id.', data: { id: 'prod_001' } },
  SLOT_ENDS_TOO_EARLY: {
    meaning: 'A slot must end after it starts.',
    action: correctRequest,
    data: { startsAt: '2026-02-01T10:00:00.000Z', endsAt: '2026-02-01T09:00:00.000Z' },
  },
  TOO_MANY_UNITS: {
    meaning: 'A stock would have more units than allowed.',
    action: 'Add fewer.',
    data: { unitsMax: 1_000_000_000, ...ofOrders },
  },
  INSUFFICIENT_STOCK: {
    meaning: 'Fewer units or places are available than were requested. The rejection is kept for its Idempotency-Key.',
    action: 'Ask for at most `available`, or try again later, in both cases with a new key.',
    data: {
      available: 3,
      requested: 5,
      inventoryId: sometimes(2),
      slotId: sometimes(1),
      holdId: sometimes('hold_01KBA2V3W4X5Y6Z7A8B9C0D1E2_s1_0123456789ABCDEF'),
      ...ofOrders,
    },
  },
  TOO_MANY_CLAIMS: {
    meaning: 'The stock has as many open holds, orders and lends as allowed.',
    action: 'Try again later, with a new key.',
    data: { claimsMax: 100_000, ...ofOrders },
  },
  TOO_MUCH_METADATA: {
    meaning: 'The open holds and lends of the stock have as much metadata as allowed.',
    action: 'Send less metadata, or none, with a new key; `reference` is not counted.',
    data: { charactersMax: 10_000_000, ...ofOrders },
  },
  EXPECTED_MISMATCH: {
    meaning: 'The stock was changed since it was read.',
    action: 'Read it again, decide anew, and send a new key.',
    data: { expected: 50, available: 48, ...ofOrders },
  },
  CAPACITY_TOO_SMALL: {
    meaning: 'More places of the slot are promised than it would have.',
    action: 'Choose at least `promised`.',
    data: { capacity: 5, promised: 8, ...ofOrders },
  },
  LIMIT_PER_CUSTOMER: {
    meaning:
      'The customer has as many open holds, or as many held units, as allowed; or would have more units than the purchase ' +
      'limit allows.',
    action: 'Confirm or cancel a hold first, or ask for fewer; then send a new key.',
    data: {
      openHoldsMax: inTheExample(100),
      heldUnitsMax: inTheExample(10),
      purchaseLimit: sometimes(2),
      purchased: sometimes(1),
      requested: sometimes(2),
      ...ofOrders,
    },
  },
  NOT_COUNTED_HERE: {
    meaning: 'It is not known yet how much the customer has bought of what has a purchase limit.',
    action: 'Repeat the request, with the same key.',
    data: { purchaseLimit: 2, ...ofOrders },
  },
  NOT_ON_SALE: {
    meaning: 'The sale has not begun, or is over.',
    action: 'Come back when it begins, with a new key.',
    data: {
      saleStartsAt: orNull('2027-03-01T10:00:00.000Z'),
      saleEndsAt: orNull('2027-03-08T10:00:00.000Z'),
      ...ofOrders,
    },
  },
  SALE_ENDS_TOO_EARLY: {
    meaning: 'The sale would end before it starts.',
    action: 'Send times in their order; a time that is left out stays as it is.',
    data: { ...ofOrders },
  },
  MORE_THAN_TAKEN: {
    meaning: 'Fewer units can still be given back than were to be.',
    action: 'Give back at most `outstanding`.',
    data: { outstanding: 1, requested: 2, ...ofOrders },
  },
  RETURN_TOO_LATE: {
    meaning: 'The time in which the customer could give it back is over.',
    action: 'Ask staff, who can still take it back.',
    data: { endedAt: '2027-03-01T10:00:00.000Z', ...ofOrders },
  },
  NOT_SHIPPED_YET: {
    meaning: 'The shipment of the order is not recorded everywhere yet.',
    action: 'Repeat the request a moment later, with a new key.',
    data: { orderId: 'ord_0123456789abcdef', ...ofOrders },
  },
  RETURNS_FORGOTTEN: {
    meaning: 'It is not known yet how much was given back already.',
    action: 'Repeat the request, with the same key.',
    data: { ...ofOrders },
  },
  DISCONTINUED: {
    meaning: 'The item was taken out of the catalog.',
    action: 'Offer another item.',
    data: { ...ofOrders },
  },
  CLOSED: {
    meaning: 'The slot has started: it can no longer be booked.',
    action: 'Choose another slot.',
    data: { closesAt: '2026-02-01T10:00:00.000Z', ...ofOrders },
  },
  HOLD_NOT_FOUND: {
    meaning: 'The hold does not exist, belongs to another customer, or ended long ago.',
    action: 'Correct the id, or place a new hold.',
    data: { holdId: 'hold_01KBA2V3W4X5Y6Z7A8B9C0D1E2_s1_0123456789ABCDEF', ...ofOrders },
  },
  HOLD_CONFIRMED: {
    meaning: 'The hold is confirmed already.',
    action: 'Nothing, if that was wanted.',
    data: { holdId: 'hold_01KBA2V3W4X5Y6Z7A8B9C0D1E2_s1_0123456789ABCDEF', ...ofOrders },
  },
  HOLD_CANCELLED: {
    meaning: 'The hold is cancelled already.',
    action: 'Place a new hold, if the units are still wanted.',
    data: { holdId: 'hold_01KBA2V3W4X5Y6Z7A8B9C0D1E2_s1_0123456789ABCDEF', ...ofOrders },
  },
  HOLD_EXPIRED: {
    meaning: 'The hold has expired; its units are available again.',
    action: 'Place a new hold, with a new key.',
    data: { holdId: 'hold_01KBA2V3W4X5Y6Z7A8B9C0D1E2_s1_0123456789ABCDEF', ...ofOrders },
  },
  HOLD_TOO_LONG: {
    meaning: 'The hold would last longer in all than a hold can.',
    action: 'Choose a smaller `ttlSeconds`, or confirm the hold.',
    data: { lifeSecondsMax: 86_400, ...ofOrders },
  },
  ITEM_UNKNOWN: {
    meaning: 'An item that the body names does not exist.',
    action: 'Correct the id.',
    data: { itemId: 'prod_001' },
  },
  ORDER_EMPTY: { meaning: 'The order has no items.', action: correctRequest, data: null },
  ORDER_TOTAL_TOO_LARGE: {
    meaning: 'The total of the order is larger than allowed.',
    action: 'Split the order.',
    data: { totalMax: Number.MAX_SAFE_INTEGER },
  },
  NOT_PLACED_IN_TIME: {
    meaning: 'The order could not be placed in time. It was rejected, and nothing is reserved.',
    action: 'Order again, with a new key.',
    data: null,
  },
  ORDER_NOT_FOUND: {
    meaning: 'The order does not exist, or belongs to another customer.',
    action: 'Correct the id.',
    data: null,
  },
  ORDER_STATE: {
    meaning: 'The order cannot get this status from the one it has.',
    action: 'Read the order again.',
    data: { from: 'shipped', to: 'cancelled' },
  },
  ORDER_PAID: {
    meaning: 'The order is paid, with another reference.',
    action: 'Refund one of the two payments, if both were made.',
    data: { reference: 'payment-4711' },
  },
  ORDER_RELEASED: {
    meaning: 'The order has ended: its units are available again.',
    action: 'Order again, with a new key.',
    data: { orderId: 'ord_20251201a1b2c3d4', ...ofOrders },
  },
  ORDER_TOO_OLD: {
    meaning: 'The order is so old that it may have ended already.',
    action: 'Order again, with a new key.',
    data: { orderId: 'ord_20251201a1b2c3d4', ...ofOrders },
  },
  RESERVATION_NOT_FOUND: {
    meaning: 'Nothing is reserved for the order.',
    action: 'Read the order again.',
    data: { orderId: 'ord_20251201a1b2c3d4', ...ofOrders },
  },
  NOT_IN_INVENTORY: {
    meaning: 'The inventory has never had a unit of the item.',
    action: 'Choose another inventory; `GET /items/{id}/whereabouts` lists them.',
    data: { ...ofOrders },
  },
  INVENTORY_NOT_FOUND: { meaning: 'The inventory does not exist.', action: 'Correct the number.', data: null },
  INVENTORY_DOES_NOT_LEND: {
    meaning: 'The inventory does not lend.',
    action: 'Choose another one; its owner can change that.',
    data: null,
  },
  LIMIT_PER_BORROWER: {
    meaning: 'The borrower has as much on loan, or as much overdue, as the inventory allows.',
    action: 'Return something first; then send a new key.',
    data: { openLendsMax: orNull(5), lentUnitsMax: orNull(10), overdueLendsMax: orNull(0) },
  },
  HOLD_NOT_FOR_SALE: {
    meaning: 'The hold is on an inventory that does not sell.',
    action: 'Lend its units with `POST /lends` and `hold_id`.',
    data: null,
  },
  HOLD_NOT_CONFIRMED: {
    meaning: 'The hold is open: nothing was taken with it yet.',
    action: 'Cancel it with `DELETE /holds/:id`.',
    data: null,
  },
  HOLD_IN_ORDER: {
    meaning: 'The hold became a part of an order.',
    action: 'Cancel the order, or return it once it is shipped.',
    data: { orderId: 'ord_0123456789abcdef' },
  },
  HOLD_LENT: {
    meaning: 'The hold became a lend.',
    action: 'Return the lend with `PUT /lends/:id/return`.',
    data: { lendId: 123 },
  },
  PURCHASE_NOT_FOUND: {
    meaning: 'There is no such purchase, or it is of another customer.',
    action: 'Use the `purchaseId` of an answer to a purchase.',
    data: null,
  },
  INVENTORY_ID_MISSING: { meaning: 'The body has no `inventory_id`.', action: correctRequest, data: null },
  INVENTORY_TAKES_NOTHING: {
    meaning: 'The inventory does not take what users provide.',
    action: 'Choose another one; its owner can change that.',
    data: null,
  },
  TRANSFER_NOT_FOUND: { meaning: 'The transfer does not exist.', action: 'Correct the id.', data: null },
  TRANSFER_TOO_OLD: {
    meaning: 'The transfer was not made in time. It was rejected, and nothing was moved.',
    action: 'Transfer again, with a new key.',
    data: null,
  },
  LEND_NOT_FOUND: {
    meaning: 'The lend does not exist, or is not for the caller to see.',
    action: 'Correct the number.',
    data: { lendId: 12, ...ofOrders },
  },
  ALREADY_RETURNED: {
    meaning: 'All of the lend is back already.',
    action: 'Nothing, if that was wanted.',
    data: { lendId: 12, ...ofOrders },
  },
  LEND_TOO_OLD: {
    meaning: 'The lend is so old that it may have ended already.',
    action: 'Lend again, with a new key.',
    data: { lendId: 12, ...ofOrders },
  },
  MORE_THAN_LENT: {
    meaning: 'Fewer units are still lent than were to be returned.',
    action: 'Return at most `outstanding`.',
    data: { outstanding: 2, requested: 3, ...ofOrders },
  },
  RENEWED_TOO_OFTEN: {
    meaning: 'The lend was renewed as often as its inventory allows.',
    action: 'Return it.',
    data: { renewalsMax: 2, ...ofOrders },
  },
  LEND_AWAITED: {
    meaning: 'The lend cannot be renewed, because somebody is waiting for the item.',
    action: 'Return it.',
    data: { lendId: 12, ...ofOrders },
  },
  REQUEST_NOT_FOUND: { meaning: 'The request does not exist.', action: 'Correct the number.', data: null },
  REQUEST_TYPE_UNKNOWN: {
    meaning: 'The `type` is none of those that a request can have.',
    action: 'Send Material, Tool or Humanpower.',
    data: { type: 'Money' },
  },
  REQUEST_ITEMS_MISSING: {
    meaning: 'A request for material or tools needs a list of items.',
    action: correctRequest,
    data: null,
  },
  REQUEST_QTY_MISSING: {
    meaning: 'A request for people, or its acceptance, needs `qty`, their number.',
    action: correctRequest,
    data: null,
  },
  ITEM_NOT_REQUESTED: {
    meaning: 'The request does not name the item that was accepted.',
    action: correctRequest,
    data: { itemId: 'prod_001' },
  },
  REQUEST_COMPLETED: { meaning: 'The request is completed.', action: 'Read the request again.', data: null },
  REQUEST_CANCELLED: { meaning: 'The request is cancelled.', action: 'Read the request again.', data: null },
  TOO_MANY_ACCEPTANCES: {
    meaning: 'The acceptances of the request have as many lines as allowed.',
    action: 'Accept more of each item in fewer lines.',
    data: { linesMax: 10_000 },
  },
  ACCEPTANCE_NOT_FOUND: {
    meaning: 'The acceptance does not exist, or was withdrawn.',
    action: 'List the acceptances again.',
    data: null,
  },
} as const satisfies Guide;
