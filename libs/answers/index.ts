export { HoldAnswer, holdAnswer } from './hold.ts';
export { SlotAnswer, slotAnswer, SlotPlacesAnswer } from './slot.ts';
