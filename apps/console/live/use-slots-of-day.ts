import type { ListedSlotAnswer, SlotPlacesAnswer } from '#client';
import { spanOf } from '../days.ts';
import { holdfast } from '../session/holdfast.ts';
import { useAnswer } from './use-answer.ts';
import { byKey, useFollowed } from './use-followed.ts';

const shownMax = 100;

/** The slots of a day with the places they have just now. */
export function useSlotsOfDay(day: string) {
  const span = spanOf(day);
  const read = async (signal: AbortSignal) => {
    const { slots } = await holdfast.slots.list({ ...span, limit: shownMax }, { signal });
    return { day, slots };
  };
  const answer = useAnswer(read, [day]);
  // Until there is an answer for this day, there is none.
  const rows = answer.value?.day === day ? answer.value.slots : undefined;
  const places = useFollowed<SlotPlacesAnswer, readonly SlotPlacesAnswer[]>(
    { stream: (options) => holdfast.slots.follow(span, options), apply: byKey(({ slot_id }) => slot_id) },
    [day],
  );
  const asNow = (slot: ListedSlotAnswer): ListedSlotAnswer => ({
    ...slot,
    ...places.value?.find(({ slot_id }) => slot_id === slot.id),
  });
  return { slots: { ...answer, value: rows?.map(asNow) }, connection: places.connection };
}
