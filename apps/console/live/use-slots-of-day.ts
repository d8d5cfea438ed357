import type { ListedSlotAnswer, SlotPlacesAnswer } from '#client';
import { spanOf } from '../days.ts';
import { holdfast } from '../session/holdfast.ts';
import { useAnswer } from './use-answer.ts';
import { byKey, useFollowed } from './use-followed.ts';

const shownMax = 100;

/** The slots of a day with the places they have just now. */
export function useSlotsOfDay(day: string) {
  const span = spanOf(day);
  const slots = useAnswer((signal) => holdfast.slots.list({ ...span, limit: shownMax }, { signal }), [day]);
  const places = useFollowed<SlotPlacesAnswer, readonly SlotPlacesAnswer[]>(
    { stream: (options) => holdfast.slots.follow(span, options), apply: byKey(({ slot_id }) => slot_id) },
    [day],
  );
  const asNow = (slot: ListedSlotAnswer): ListedSlotAnswer => ({
    ...slot,
    ...places.value?.find(({ slot_id }) => slot_id === slot.id),
  });
  return { slots: { ...slots, value: slots.value?.slots.map(asNow) }, connection: places.connection };
}
