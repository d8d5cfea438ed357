import type { Messages } from './messages.ts';

export const en: Messages = {
  errors: {
    REQUEST_MALFORMED: () => 'The request is not valid HTTP',
    BODY_MALFORMED: () => 'The request body is not valid JSON',
    BODY_TOO_LARGE: ({ bytesMax }) => `The request body is larger than ${bytesMax} bytes`,
    CONTENT_TYPE_UNSUPPORTED: () => 'The request body must be JSON: send content-type: application/json',
    VALIDATION_FAILED: () => 'Validation failed',
    ROUTE_UNKNOWN: () => 'There is nothing at this address',
    TOKEN_MISSING: () => 'No authentication token was given',
    TOKEN_INVALID: () => 'The token is invalid or has expired',
    CREDENTIALS_WRONG: () => 'Wrong e-mail or password',
    FORBIDDEN: () => 'Only staff may do this',
    ITEM_NOT_FOUND: () => 'The item does not exist',
    IDEMPOTENCY_KEY_INVALID: () => 'Idempotency-Key must be 1 to 255 printable characters',
    TOKEN_FOREIGN: () => 'The Consistency-Token was not made by this installation',
    NOT_YET_VISIBLE: () => 'The write that the Consistency-Token names is not visible yet; try again',
    OVERLOADED: () => 'Too much waits already; nothing was recorded; try again',
    OUTCOME_UNKNOWN: () => 'It is not known whether this was recorded; send the same request again to find out',
    UNAVAILABLE: () => 'A part of the system does not answer; nothing was recorded; try again',
    STOPPING: () => 'This process is stopping; nothing was recorded; try again',
    INTERNAL: () => 'Something went wrong on our side',
    ID_TAKEN: ({ id }) => `The id ${id} is taken`,
    TOO_MANY_UNITS: ({ unitsMax }) => `One stock can have at most ${unitsMax} units`,
    INSUFFICIENT_STOCK: ({ available, requested }) =>
      `Not enough is left: ${available} available, ${requested} requested`,
    TOO_MANY_CLAIMS: ({ claimsMax }) => `One stock can have at most ${claimsMax} open claims`,
    EXPECTED_MISMATCH: ({ expected, available }) => `Expected ${expected} available, but there are ${available}`,
    CAPACITY_TOO_SMALL: ({ capacity, promised }) =>
      `A capacity of ${capacity} is less than the ${promised} already promised`,
    LIMIT_PER_CUSTOMER: ({ openHoldsMax, heldUnitsMax }) =>
      heldUnitsMax === null
        ? `At most ${openHoldsMax} open holds per customer`
        : `At most ${openHoldsMax} open holds and ${heldUnitsMax} held units per customer`,
    DISCONTINUED: () => 'The item does not exist',
    CLOSED: ({ closesAt }) => `Closed since ${new Date(closesAt).toISOString()}`,
    HOLD_NOT_FOUND: () => 'The hold does not exist',
    HOLD_CONFIRMED: () => 'The hold is confirmed already',
    HOLD_CANCELLED: () => 'The hold is cancelled',
    HOLD_EXPIRED: () => 'The hold has expired',
    HOLD_TOO_LONG: ({ lifeMsMax }) => `A hold can live at most ${lifeMsMax / 3_600_000} hours`,
    ORDER_RELEASED: () => 'The order was ended',
    RESERVATION_NOT_FOUND: () => 'Nothing is reserved for the order',
    LEND_NOT_FOUND: () => 'The lend does not exist',
    ALREADY_RETURNED: () => 'This was returned already',
  },
  rules: {
    required: () => 'is required',
    unknown: () => 'is not a field of this request',
    text: ({ min, max }) => `must be text of ${min} to ${max} characters`,
    wellFormed: () => 'must not contain NUL or broken characters',
    integer: ({ min, max }) => `must be a whole number from ${min} to ${max}`,
    email: () => 'must be an e-mail address',
    id: () => 'must be an id or a number',
    newId: () => 'must begin with a letter and have at most 64 letters, digits, dots or underscores',
  },
};
