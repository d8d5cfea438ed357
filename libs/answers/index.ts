export { HoldAnswer, holdAnswer } from './hold.ts';
export { SlotAnswer, slotAnswer, SlotPlacesAnswer } from './slot.ts';
export { UserAnswer, userAnswer } from './user.ts';
