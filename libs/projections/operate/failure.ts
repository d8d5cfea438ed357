import { DatabaseError } from 'pg';
import { explained, RebuildDue } from '../run/rebuild-due.ts';
import { PoisonEvent } from '../define/poison-event.ts';
import type { ProjectionName } from '../define/projection.ts';
import { NotTheOwner } from './rebuild.ts';

/** What an operator is told if a rebuild or a verification fails because of the projection; undefined for other errors. */
export function failureOf(cause: unknown, projection: ProjectionName): string | undefined {
  const error = explained(cause, projection);
  if (error instanceof PoisonEvent) return `${projection.name} cannot apply ${error.message}`;
  if (error instanceof NotTheOwner) return error.message;
  if (error instanceof RebuildDue) return `${projection.name}: ${error.message}`;
  return failureOfDatabase(error);
}

/** What is like an outage, but meets a rebuild or a verification again whenever it is tried. */
function failureOfDatabase(error: unknown): string | undefined {
  if (!(error instanceof DatabaseError)) return undefined;
  if (error.code === '53100') return `the disk of PostgreSQL is full: ${error.message}`;
  if (error.code === '57014') return `PostgreSQL canceled a statement, which may have taken too long: ${error.message}`;
  return undefined;
}

/** What an operator is told if the copy in Redis did not reach the position of the table. */
export function lagOf({ name }: ProjectionName, lagsAt: string | null): string {
  return `${name}: Redis lags (at ${lagsAt ?? 'no position'}) and was not compared; try again later.`;
}
