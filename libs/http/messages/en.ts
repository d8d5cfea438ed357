import type { Messages } from './messages.ts';

export const en: Messages = {
  errors: {
    REQUEST_MALFORMED: () => 'The request is not valid HTTP',
    URL_TOO_LONG: () => 'A segment of the URL is too long',
    EXPECTATION_FAILED: () => 'The only supported value of Expect is 100-continue',
    HEADERS_TOO_LARGE: () => 'The headers of the request are too large',
    REQUEST_TIMEOUT: () => 'The request was not received in time',
    BODY_MALFORMED: () => 'The request body must be one JSON object, nested at most 32 levels deep',
    BODY_TOO_LARGE: ({ bytesMax }) => `The request body is larger than ${bytesMax} bytes`,
    TOO_MANY_VALUES: ({ valuesMax }) => `The request body has more than ${valuesMax} values`,
    CONTENT_TYPE_UNSUPPORTED: () => 'The request body must be JSON: send content-type: application/json',
    VALIDATION_FAILED: () => 'Validation failed',
    ROUTE_UNKNOWN: () => 'No resource exists at this address',
    TOKEN_MISSING: () => 'The authentication token is missing',
    TOKEN_INVALID: () => 'The token is invalid or has expired',
    ISSUER_UNAVAILABLE: ({ retryAfterSeconds }) =>
      `The issuer of the token is unavailable; try again in ${counted(retryAfterSeconds, 'second')}`,
    NO_SESSION: () => 'There is no session to end: the token is an API key, or was issued by another issuer',
    CREDENTIALS_WRONG: () => 'Wrong e-mail or password',
    PASSWORD_WRONG: () => 'The current password is wrong',
    CURRENT_PASSWORD_MISSING: () => 'Changing the password requires the current password',
    USER_NOT_FOUND: () => 'The user does not exist',
    SESSION_NOT_FOUND: () => 'The session does not exist',
    TOO_MANY_ATTEMPTS: ({ retryAfterSeconds }) =>
      `Too many attempts; try again in ${counted(retryAfterSeconds, 'second')}`,
    FORBIDDEN: () => 'You do not have permission to do this',
    ON_BEHALF_OF_MISSING: () =>
      'An API key with the role service acts for a customer: name one in the header On-Behalf-Of',
    ON_BEHALF_OF_NOT_ALLOWED: () =>
      'Only an API key with the role service may send On-Behalf-Of, and only for a customer',
    USER_DISABLED: () => 'The user is disabled',
    API_KEY_NOT_FOUND: () => 'The API key does not exist',
    PASSWORD_RESET_NOT_FOUND: () => 'The token to reset the password is unknown, used or expired',
    TOO_MANY_API_KEYS: ({ apiKeysMax }) => `There can be at most ${apiKeysMax} API keys`,
    WEBHOOK_NOT_FOUND: () => 'The webhook does not exist',
    DELIVERY_NOT_FOUND: () => 'The delivery does not exist',
    JOURNAL_OFF: () => 'The journal of events is turned off',
    JOURNAL_NOT_BUILT: () => 'The journal of events is not built yet; try again later',
    EVENT_NOT_FOUND: () => 'The event does not exist',
    PROJECTION_NOT_FOUND: ({ projections }) => `There is no such projection; the projections are: ${projections}`,
    RUN_NOT_FOUND: () => 'The projection has no such rebuild or verification',
    RUN_ENDED: () => 'The rebuild or verification has ended already',
    STREAM_NOT_PARKED: () => 'The stream is not parked in this projection',
    TOO_MANY_WEBHOOKS: ({ webhooksMax }) => `There can be at most ${webhooksMax} webhooks`,
    ITEM_NOT_FOUND: () => 'The item does not exist',
    CATEGORY_NOT_FOUND: () => 'The category does not exist',
    CATEGORY_IN_USE: () => 'The category has products; move them to another one first',
    SKU_TAKEN: ({ sku }) => `The SKU ${sku} belongs to another product`,
    SLUG_TAKEN: ({ slug }) => `The slug ${slug} belongs to another category`,
    NOT_RECORDED_IN_TIME: () => 'The system is busy; nothing was recorded; try again',
    SLOT_NOT_FOUND: () => 'The slot does not exist',
    NOTHING_RECORDED_YET: () => 'Nothing was recorded for this stock by that time',
    IDEMPOTENCY_KEY_MISSING: () => 'Send an Idempotency-Key; a retry with the same key is executed only once',
    IDEMPOTENCY_KEY_INVALID: () => 'Idempotency-Key must be 1 to 255 printable characters',
    KEY_REUSED: () => 'This Idempotency-Key was used for a different request; use a new one',
    KEY_IN_FLIGHT: () => 'A request with this Idempotency-Key is still in progress; try again',
    RATE_LIMITED: ({ retryAfterSeconds }) => `Too many requests; try again in ${counted(retryAfterSeconds, 'second')}`,
    TOO_MANY_STREAMS: ({ streamsMax }) => `You can have at most ${counted(streamsMax, 'stream')} open at the same time`,
    TOKEN_FOREIGN: () => 'The Consistency-Token names no write of this installation',
    NOT_YET_VISIBLE: () => 'The write named by the Consistency-Token is not visible yet; try again',
    PROJECTION_PARKED: () =>
      'The write named by the Consistency-Token cannot be shown until an operator resolves a problem',
    OVERLOADED: () => 'The system is busy; nothing was recorded; try again',
    OUTCOME_UNKNOWN: () => 'It is unknown whether the request was recorded; repeat the same request to find out',
    UNAVAILABLE: () => 'A part of the system is unavailable; nothing was recorded; try again',
    STOPPING: () => 'The service is stopping; nothing was recorded; try again',
    INTERNAL: () => 'Internal server error',
    ID_TAKEN: ({ id }) => `The id ${id} is already in use`,
    SLOT_ENDS_TOO_EARLY: () => 'A slot must end after it starts',
    TOO_MANY_UNITS: ({ unitsMax }) => `One stock can have a quantity of at most ${unitsMax}`,
    INSUFFICIENT_STOCK: ({ available, requested, slotId, holdId }) => {
      if (holdId !== undefined) return `The quantity of the hold is ${available}, less than ${requested}`;
      if (slotId === undefined) return `Not enough stock: ${available} available, ${requested} requested`;
      return available === 0 ? 'The slot is full' : `Not enough places: ${available} available, ${requested} requested`;
    },
    TOO_MANY_CLAIMS: ({ claimsMax }) => `One stock can have at most ${claimsMax} open claims`,
    TOO_MUCH_METADATA: ({ charactersMax }) =>
      `The open claims of one stock can have at most ${charactersMax} characters of metadata`,
    EXPECTED_MISMATCH: ({ expected, available }) =>
      `The available quantity was expected to be ${expected}, but is ${available}`,
    CAPACITY_TOO_SMALL: ({ capacity, promised }) =>
      `The capacity cannot be less than the places already booked: capacity ${capacity}, booked ${promised}`,
    LIMIT_PER_CUSTOMER: (facts) => {
      if ('purchaseLimit' in facts)
        return `At most ${facts.purchaseLimit} per customer; this customer already has ${facts.purchased}`;
      const { openHoldsMax, heldUnitsMax } = facts;
      return heldUnitsMax === null
        ? `At most ${counted(openHoldsMax, 'open hold')} per customer`
        : `At most ${counted(openHoldsMax, 'open hold')} per customer, with a total quantity of at most ${heldUnitsMax}`;
    },
    DISCONTINUED: () => 'The item does not exist',
    NOT_ON_SALE: ({ saleStartsAt, saleEndsAt }) => `Not on sale now; ${saleTimes(saleStartsAt, saleEndsAt)}`,
    SALE_ENDS_TOO_EARLY: () => 'A sale must end after it starts',
    MORE_THAN_TAKEN: ({ outstanding, requested }) =>
      `The quantity that can still be returned is ${outstanding}, less than ${requested}`,
    RETURN_TOO_LATE: ({ endedAt }) => `The time to return this ended at ${endedAt}`,
    NOT_SHIPPED_YET: () => 'The shipment of the order is not recorded everywhere yet; try again',
    RETURNS_FORGOTTEN: () => 'It is not known yet how much was returned; try again',
    NOT_COUNTED_HERE: () => 'It is not known yet how much the customer has bought; try again',
    CLOSED: ({ closesAt }) => `Booking closed at ${closesAt}`,
    HOLD_NOT_FOUND: () => 'The hold does not exist',
    HOLD_CONFIRMED: () => 'The hold is already confirmed',
    HOLD_CANCELLED: () => 'The hold is cancelled',
    HOLD_EXPIRED: () => 'The hold has expired',
    HOLD_TOO_LONG: ({ lifeSecondsMax }) => `A hold can last at most ${lifeSecondsMax / 3600} hours`,
    ITEM_UNKNOWN: ({ itemId }) => `The item ${itemId} does not exist`,
    ORDER_EMPTY: () => 'The order has no items',
    ORDER_TOTAL_TOO_LARGE: ({ totalMax }) => `The total of an order can be at most ${totalMax}`,
    NOT_PLACED_IN_TIME: () =>
      'The order could not be placed in time, and was rejected; order again with a new Idempotency-Key',
    ORDER_NOT_FOUND: () => 'The order does not exist',
    ORDER_STATE: ({ from, to }) => `The order is ${from} and cannot become ${to}`,
    ORDER_PAID: ({ reference }) => `The order is already paid (${reference})`,
    ORDER_RELEASED: () => 'The order has ended',
    ORDER_TOO_OLD: () => 'The order is too old for stock to be reserved',
    RESERVATION_NOT_FOUND: () => 'Nothing is reserved for the order',
    INVENTORY_NOT_FOUND: () => 'The inventory does not exist',
    INVENTORY_DOES_NOT_LEND: () => 'The inventory does not lend',
    LIMIT_PER_BORROWER: () => 'The borrower has as much on loan, or as much overdue, as the inventory allows',
    HOLD_NOT_FOR_SALE: () => 'The inventory of the hold does not sell; lend from the hold with POST /lends',
    HOLD_NOT_CONFIRMED: () => 'The hold is not confirmed; cancel it instead',
    HOLD_IN_ORDER: ({ orderId }) => `What was held is in the order ${orderId}; return it with that order`,
    HOLD_LENT: ({ lendId }) => `What was held was lent; return it with the lend ${lendId}`,
    PURCHASE_NOT_FOUND: () => 'The purchase does not exist',
    INVENTORY_ID_MISSING: () => 'inventory_id is required',
    INVENTORY_TAKES_NOTHING: () => 'The inventory does not take what users provide',
    TRANSFER_NOT_FOUND: () => 'The transfer does not exist',
    TRANSFER_TOO_OLD: () =>
      'The transfer was not made in time, and was rejected; transfer again with a new Idempotency-Key',
    LEND_NOT_FOUND: () => 'The lend does not exist',
    ALREADY_RETURNED: () => 'This was already returned',
    NOT_IN_INVENTORY: () => 'The inventory does not have this item',
    LEND_TOO_OLD: () => 'The request to lend is too old; lend again with a new Idempotency-Key',
    MORE_THAN_LENT: ({ outstanding, requested }) =>
      `The quantity still on loan is ${outstanding}, less than ${requested}`,
    RENEWED_TOO_OFTEN: ({ renewalsMax }) =>
      `A lend of this inventory can be renewed at most ${counted(renewalsMax, 'time')}`,
    LEND_AWAITED: () => 'The lend cannot be renewed, because somebody is waiting for the item',
    REQUEST_NOT_FOUND: () => 'The request does not exist',
    REQUEST_TYPE_UNKNOWN: ({ type }) => `Unknown type of request: ${type}`,
    REQUEST_ITEMS_MISSING: () => 'A request for material or tools needs a list of items',
    REQUEST_QTY_MISSING: () => 'A request for people needs qty, their number',
    ITEM_NOT_REQUESTED: ({ itemId }) => `The request does not name the item ${itemId}`,
    REQUEST_COMPLETED: () => 'The request is completed',
    REQUEST_CANCELLED: () => 'The request is cancelled',
    TOO_MANY_ACCEPTANCES: ({ linesMax }) =>
      `The acceptances of one request can have at most ${linesMax} lines in total`,
    ACCEPTANCE_NOT_FOUND: () => 'The acceptance does not exist',
  },
  rules: {
    required: () => 'is required',
    twice: () => 'is given more than once',
    unknown: () => 'is not a field of this request',
    text: ({ min, max }) => `must be text of ${min} to ${max} characters`,
    wellFormed: () => 'must not contain NUL or invalid characters',
    integer: ({ min, max }) => `must be a whole number from ${min} to ${max}`,
    email: () => 'must be an e-mail address',
    id: () => 'must be an id or a number',
    newId: () =>
      'must have at most 64 letters, digits, dots, underscores or hyphens, start with a letter or digit, and not be a number',
    time: () => 'must be an ISO 8601 time with a time zone',
    notFuture: () => 'must not be in the future',
    future: () => 'must be in the future',
    after: ({ other }) => `must be after ${other}`,
    oneOf: ({ choices }) => `must be one of: ${choices.join(', ')}`,
    integers: ({ min, countMax }) => `must be at most ${countMax} whole numbers of ${min} or more, separated by commas`,
    list: ({ min, max }) => `must be a list of ${min} to ${max} objects`,
    object: () => 'must be an object',
    ids: ({ countMax }) => `must be at most ${countMax} ids or numbers, separated by commas`,
    listedTexts: ({ countMax, max }) =>
      `must be at most ${countMax} texts of 1 to ${max} characters, separated by commas`,
    differs: ({ other }) => `must differ from ${other}`,
    notLess: ({ other }) => `must not be less than ${other}`,
    cursor: () => 'is not a valid cursor for this list',
    sum: ({ of, sum }) => `must be ${sum}, the sum of ${of}`,
    notWith: ({ other }) => `cannot be combined with ${other}`,
    password: ({ min }) => `must have at least ${min} characters`,
    commonPassword: () => 'is a common password, or the same as your name, user name or e-mail address',
    userName: ({ max }) => `must be 1 to ${max} letters, digits, dots, hyphens or underscores`,
    emailTaken: () => 'is already registered',
    userNameTaken: () => 'is taken',
    boolean: () => 'must be true or false',
    url: ({ max }) => `must be an http, https or data:image URL of at most ${max} characters`,
    urls: ({ countMax, max }) =>
      `must be a list of at most ${countMax} http, https or data:image URLs of at most ${max} characters each`,
    texts: ({ countMax, max }) => `must be a list of at most ${countMax} texts of 1 to ${max} characters each`,
    textMap: ({ countMax, nameMax, max }) =>
      `must be an object of at most ${countMax} texts of up to ${max} characters, with names of 1 to ${nameMax}`,
    textMapLength: ({ max }) => `must have at most ${max} characters in all, names and texts together`,
    slug: ({ max }) => `must be lower-case letters and digits in words joined by hyphens, at most ${max} characters`,
    choices: ({ choices }) => `must be a list of one or more of: ${choices.join(', ')}`,
    webhookUrl: () => 'must be an https URL without user name, password or fragment',
    webhookAddress: () => 'must not lead to a private, loopback or link-local address',
    webhookHost: () => 'must have a host that exists',
    category: () => 'is not a category',
    date: ({ yearMin, yearMax }) => `must be a date such as 2026-02-28, of the years ${yearMin} to ${yearMax}`,
    dates: ({ countMax, yearMin, yearMax }) =>
      `must be a list of at most ${countMax} dates such as 2026-02-28, of the years ${yearMin} to ${yearMax}`,
    timesOfDay: ({ countMax }) => `must be a list of 1 to ${countMax} different times of day such as 09:00`,
    timeZone: () => 'must be the name of a time zone, such as Asia/Taipei',
    requiredUnless: ({ other }) => `is required, or ${other} instead`,
    seriesTooLong: ({ slotsMax }) => `makes the series longer than ${slotsMax} slots`,
    seriesEmpty: () => 'leaves the series without a slot: none of the days is in this period',
  },
  notices: {
    loggedOut: 'Logged out',
    profileUpdated: 'Profile updated',
    passwordReset: 'The password is set; log in with it',
  },
};

function saleTimes(startsAt: string | null, endsAt: string | null): string {
  const from = startsAt === null ? [] : [`from ${startsAt}`];
  const until = endsAt === null ? [] : [`until ${endsAt}`];
  return `on sale ${[...from, ...until].join(' ')}`;
}

/** `1 second`, `2 seconds`. */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
