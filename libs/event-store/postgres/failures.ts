import pg from 'pg';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';

/**
 * The SQLSTATEs of statements that were rolled back and may succeed later: serialization failures (40), missing
 * resources (53), lock time-outs (55), cancelled statements (57014), I/O errors (58), a server that has become a
 * standby (25006), and stale prepared statements (26000, 0A000).
 */
const rolledBackForNow = /^(?:40(?!003)|53|55|57014|58|25006|26000|0A000)/;
// Class 08, 57P and 40003 end the connection or the statement, possibly after the commit: the outcome is unknown.
const nobodyCanSay = /^(?:08|57P|40003)/;
// After these the connection is unusable.
const connectionSpoilt = /^(?:08|57P|25006|26000|0A000)/;

/** Translates the error of a failed append. */
export function appendFailure(error: unknown): unknown {
  const state = stateOf(error);
  if (state === undefined || nobodyCanSay.test(state)) return new OutcomeUnknown(messageOf(error), { cause: error });
  if (rolledBackForNow.test(state)) return new StoreUnavailable(messageOf(error), { cause: error });
  return error;
}

/** Translates a connection failure: nothing was sent. */
export function connectFailure(error: unknown): StoreUnavailable {
  return new StoreUnavailable(`PostgreSQL cannot be reached: ${messageOf(error)}`, { cause: error });
}

export function readFailure(error: unknown): unknown {
  const state = stateOf(error);
  const isAnswer = state !== undefined && !nobodyCanSay.test(state) && !rolledBackForNow.test(state);
  if (isAnswer) return error;
  return new StoreUnavailable(`PostgreSQL did not answer: ${messageOf(error)}`, { cause: error });
}

/** An error that PostgreSQL raised for a statement, which was then rolled back. */
export function blamesOneRequest(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}

export function spoilsConnection(error: unknown): boolean {
  const state = stateOf(error);
  return state === undefined || connectionSpoilt.test(state);
}

/** Undefined for errors not raised by PostgreSQL, such as a lost connection or our own time-outs. */
function stateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The messages of Node's connection errors list several addresses or are empty; their code is clearer.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code.startsWith('E') || error.message === '' ? code || error.name : error.message;
}
