import type { Projection } from '#projections';
import { availabilityProjection } from './availability/projection.ts';
import { categoriesProjection } from './categories/projection.ts';
import { holdsProjection } from './holds/projection.ts';
import { itemsProjection } from './items/projection.ts';
import { movementsProjection } from './movements/projection.ts';
import { purchasesProjection } from './purchases/projection.ts';
import { slotsProjection } from './slots/projection.ts';

export interface ReadModel {
  readonly projection: Projection;
  /** Whether its rows are also in Redis, for frequent reads. */
  readonly inRedis: boolean;
}

/** All read models that the projector builds. */
export const readModels: readonly ReadModel[] = [
  { projection: itemsProjection, inRedis: false },
  { projection: categoriesProjection, inRedis: false },
  { projection: slotsProjection, inRedis: false },
  { projection: availabilityProjection, inRedis: true },
  { projection: movementsProjection, inRedis: false },
  { projection: holdsProjection, inRedis: false },
  { projection: purchasesProjection, inRedis: false },
];
