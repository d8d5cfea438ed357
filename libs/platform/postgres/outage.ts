import { types } from 'node:util';
import { DatabaseError } from 'pg';

// The SQLSTATE classes for an unavailable or stopping server, or missing resources: not caused by the query.
const outageState = /^(?:08|53|57P|57014|40|55P03)/;

/** Whether the error is caused by the database, not the query: the same query may succeed later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof DatabaseError) return outageState.test(error.code ?? '');
  // Under a test runner, Node's errors belong to another realm, so instanceof does not work.
  if (!types.isNativeError(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^E[A-Z]+$/.test(code) || /timeout|terminated|connection/i.test(error.message);
}
