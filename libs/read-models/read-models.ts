import type { Projection } from '#projections';
import { availabilityProjection } from './availability/projection.ts';
import { itemsProjection } from './items/projection.ts';

export interface ReadModel {
  readonly projection: Projection;
  /** Whether its rows are also kept in Redis, for queries that are asked all the time. */
  readonly inRedis: boolean;
}

/** Everything that the projector makes of events. */
export const readModels: readonly ReadModel[] = [
  { projection: itemsProjection, inRedis: false },
  { projection: availabilityProjection, inRedis: true },
];
