import pg from 'pg';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';

/**
 * The SQLSTATEs with which PostgreSQL says that it rolled back, and that the same may succeed later: for want of a turn
 * (40), of resources (53), of a lock (55), of time (57014); on a disk that failed (58); on a server that has become a
 * standby (25006); on a connection whose prepared statement is gone or stale (26000, 0A000).
 */
const rolledBackForNow = /^(?:40(?!003)|53|55|57014|58|25006|26000|0A000)/;
// Class 08, 57P and 40003 end the connection or the statement, perhaps after the commit: nobody can say.
const nobodyCanSay = /^(?:08|57P|40003)/;
// After these the connection itself is of no more use.
const connectionSpoilt = /^(?:08|57P|25006|26000|0A000)/;

/** What a failed append means to the caller. */
export function appendFailure(error: unknown): unknown {
  const state = stateOf(error);
  if (state === undefined || nobodyCanSay.test(state)) return new OutcomeUnknown(messageOf(error), { cause: error });
  if (rolledBackForNow.test(state)) return new StoreUnavailable(messageOf(error), { cause: error });
  return error;
}

/** What it means that no connection could be had: nothing was sent. */
export function connectFailure(error: unknown): StoreUnavailable {
  return new StoreUnavailable(`PostgreSQL cannot be reached: ${messageOf(error)}`, { cause: error });
}

export function readFailure(error: unknown): unknown {
  const state = stateOf(error);
  const isAnswer = state !== undefined && !nobodyCanSay.test(state) && !rolledBackForNow.test(state);
  if (isAnswer) return error;
  return new StoreUnavailable(`PostgreSQL did not answer: ${messageOf(error)}`, { cause: error });
}

/** An error that PostgreSQL itself raised about what it was sent, after which it rolled back. */
export function blamesOneRequest(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}

export function spoilsConnection(error: unknown): boolean {
  const state = stateOf(error);
  return state === undefined || connectionSpoilt.test(state);
}

/** Undefined for whatever PostgreSQL did not say itself: a lost connection, a time-out of our own. */
function stateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's connection errors name several addresses, or nothing at all; their code says it better.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code.startsWith('E') || error.message === '' ? code || error.name : error.message;
}
