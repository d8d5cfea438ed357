export { HoldIds, type HoldReference } from './hold-ids.ts';
