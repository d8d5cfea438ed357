import pg from 'pg';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';

// The classes of SQLSTATE with which PostgreSQL says that it rolled back for want of time, locks or resources.
const passing = /^(?:40|53|55|57014)/;
// Class 08 and 57P0x end the connection, perhaps after the commit: nobody can say.
const connectionEnded = /^(?:08|57P0)/;
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What a failed append means to the caller. */
export function appendFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof pg.DatabaseError && error.code !== undefined && !connectionEnded.test(error.code)) {
    return passing.test(error.code) ? new StoreUnavailable(error.message, { cause: error }) : error;
  }
  return new OutcomeUnknown(error.message, { cause: error });
}

/** What it means that no connection could be had: nothing was sent. */
export function connectFailure(error: unknown): unknown {
  return new StoreUnavailable(`PostgreSQL cannot be reached: ${messageOf(error)}`, { cause: error });
}

export function readFailure(error: unknown): unknown {
  const isAnswer = error instanceof pg.DatabaseError && error.code !== undefined;
  if (isAnswer && !connectionEnded.test(error.code ?? '') && !passing.test(error.code ?? '')) return error;
  return new StoreUnavailable(`PostgreSQL did not answer: ${messageOf(error)}`, { cause: error });
}

/** An error that PostgreSQL itself raised about the data, after which it rolled back. */
export function blamesOneRequest(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message === '' || neverConnected.has(code) ? code || error.name : error.message;
}
