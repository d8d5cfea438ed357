import { dayAfter } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { goOn, type Place } from '../place.ts';
import { Field } from './field.tsx';

/** Chooses a day, which is in the address of the page. */
export function DayChoice({ place, day }: { place: Place; day: string }) {
  const { t } = useLanguage();
  return (
    <div class="row">
      <Field
        label={t.shop.slots.day}
        type="date"
        value={day}
        onValue={(value) => goOn(place, { day: value === '' ? undefined : value })}
      />
      <button type="button" onClick={() => goOn(place, { day: dayAfter(day, -1) })}>
        {t.shop.slots.dayBefore}
      </button>
      <button type="button" onClick={() => goOn(place, { day: dayAfter(day, 1) })}>
        {t.shop.slots.dayAfter}
      </button>
    </div>
  );
}
