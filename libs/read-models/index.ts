export { availabilityProjection } from './availability/projection.ts';
export { AvailabilityQueries, type Availability } from './availability/queries.ts';
export { itemsProjection } from './items/projection.ts';
export { ItemQueries, type Item } from './items/queries.ts';
export { readModels, type ReadModel } from './read-models.ts';
