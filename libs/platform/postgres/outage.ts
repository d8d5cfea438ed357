import { types } from 'node:util';
import { DatabaseError } from 'pg';

// The classes of SQLSTATE in which PostgreSQL is away, stopping, or out of something: none of them the query's fault.
const outageState = /^(?:08|53|57P|57014|40|55P03)/;

/** Whether the database, not what was asked of it, is to blame: the same may succeed later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof DatabaseError) return outageState.test(error.code ?? '');
  // Node's own errors are of another realm under a test runner.
  if (!types.isNativeError(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^E[A-Z]+$/.test(code) || /timeout|terminated|connection/i.test(error.message);
}
