export { HoldIds, type HoldReference } from './hold-ids.ts';
export { idPrefixes, madeId } from './made-ids.ts';
export { canBeId, idPattern } from './item-ids.ts';
