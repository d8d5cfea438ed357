import type { EventAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import type { Rows } from '../live/use-rows.ts';
import { holdfast } from '../session/holdfast.ts';
import { conditionsOf, type Filter } from './filter.ts';

const everyMs = 5_000;
const countedMax = 50;

/** Says how many events there are that the list does not show yet, and shows them only when it is pressed. */
export function NewerEvents({ of, filter }: { of: Rows<EventAnswer>; filter: Filter }) {
  const { t, format } = useLanguage();
  const newest = of.value?.[0]?.eventId;
  const latest = useAnswer(
    (signal) => holdfast.events.list({ ...conditionsOf(filter), limit: countedMax }, { signal }),
    [JSON.stringify(filter), newest],
    { everyMs },
  );
  const seen = (latest.value?.events ?? []).findIndex(({ eventId }) => eventId === newest);
  const count = seen < 0 ? (latest.value?.events.length ?? 0) : seen;
  const isKnown = !of.isLoading && count > 0;
  const text = seen < 0 && count === countedMax ? `${format.number(count)}+` : format.number(count);
  return (
    <div class="newer">
      <small>{isKnown ? t.events.newer.count(text) : ''}</small>
      <button type="button" onClick={of.reload}>
        {t.events.newer.read}
      </button>
    </div>
  );
}
