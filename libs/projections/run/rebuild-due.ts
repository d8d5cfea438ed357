import { ForeignPosition, StoreWentBackwards } from '#event-store';
import type { ProjectionName } from '../define/projection.ts';

/** The checkpoint of the projection is not a position of this event store, so its rows cannot be trusted. */
export class RebuildDue extends Error {
  override readonly name = 'RebuildDue';

  constructor({ name }: ProjectionName, cause: Error) {
    super(`a rebuild is due: holdfast projections rebuild ${name} (${cause.message})`, { cause });
  }
}

/** Translates an error for the operator. */
export function explained(error: unknown, projection: ProjectionName): Error {
  if (error instanceof ForeignPosition || error instanceof StoreWentBackwards) return new RebuildDue(projection, error);
  return error instanceof Error ? error : new Error(String(error));
}
