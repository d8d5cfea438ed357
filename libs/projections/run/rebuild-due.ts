import { ForeignPosition, StoreWentBackwards } from '#event-store';
import type { ProjectionName } from '../define/projection.ts';

/** Where the projection stands is no place in this event store: nothing that it has can be trusted. */
export class RebuildDue extends Error {
  override readonly name = 'RebuildDue';

  constructor({ name }: ProjectionName, cause: Error) {
    super(`a rebuild is due: holdfast projections rebuild ${name} (${cause.message})`, { cause });
  }
}

/** The error as whoever looks after the projection should hear it. */
export function explained(error: unknown, projection: ProjectionName): Error {
  if (error instanceof ForeignPosition || error instanceof StoreWentBackwards) return new RebuildDue(projection, error);
  return error instanceof Error ? error : new Error(String(error));
}
