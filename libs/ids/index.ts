export { HoldIds, type HoldReference } from './hold-ids.ts';
export { canBeId, idPattern } from './item-ids.ts';
