import { useState } from 'preact/hooks';
import type { HoldAnswer, ListedSlotAnswer, SlotPlacesAnswer } from '#client';
import { dayAfter, dayOf, spanOf } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { byKey, useFollowed } from '../live/use-followed.ts';
import { Answered } from '../parts/answered.tsx';
import { ConnectionBadge } from '../parts/connection.tsx';
import { Field } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { useAction } from '../parts/use-action.ts';
import { goOn, hrefOf, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { useUser } from '../session/user.tsx';
import { HoldCard } from './hold-card.tsx';
import { PlacesLeft } from './places-left.tsx';

const shownMax = 100;
const holdSeconds = 120;

/** The slots of a day with the places they have just now. */
export function SlotsPage(place: Place) {
  const { t, format } = useLanguage();
  const day = place.query.get('day') ?? dayOf(new Date());
  const span = spanOf(day);
  const slots = useAnswer((signal) => holdfast.slots.list({ ...span, limit: shownMax }, { signal }), [day]);
  const places = useFollowed<SlotPlacesAnswer, readonly SlotPlacesAnswer[]>(
    { stream: (options) => holdfast.slots.follow(span, options), apply: byKey(({ slot_id }) => slot_id) },
    [day],
  );
  const [holds, setHolds] = useState<readonly HoldAnswer[]>([]);
  const replace = (hold: HoldAnswer) => setHolds((before) => before.map((each) => (each.id === hold.id ? hold : each)));
  const remainingOf = ({ id, remaining }: ListedSlotAnswer) =>
    places.value?.find(({ slot_id }) => slot_id === id)?.remaining ?? remaining;
  return (
    <Page title={t.shop.slots.title} aside={<ConnectionBadge of={places.connection} />}>
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
      {holds.length === 0 ? null : (
        <Section title={t.shop.mine.holds}>
          {holds.map((hold) => (
            <HoldCard key={hold.id} hold={hold} changed={replace} />
          ))}
        </Section>
      )}
      <Answered of={{ ...slots, value: slots.value?.slots }} lines={8} empty={t.shop.slots.none(format.day(span.from))}>
        {(rows) => (
          <ul class="tiles plain">
            {rows.map((slot) => (
              <SlotTile
                key={slot.id}
                slot={slot}
                remaining={remainingOf(slot)}
                held={(hold) => setHolds((before) => [hold, ...before])}
              />
            ))}
          </ul>
        )}
      </Answered>
    </Page>
  );
}

interface SlotTileProps {
  readonly slot: ListedSlotAnswer;
  readonly remaining: number;
  readonly held: (hold: HoldAnswer) => void;
}

function SlotTile({ slot: { id, title, startsAt, endsAt, capacity }, remaining, held }: SlotTileProps) {
  const { t, format } = useLanguage();
  const user = useUser();
  const { isBusy, act } = useAction();
  const hold = async () => held(await holdfast.slots.hold(id, { quantity: 1, ttlSeconds: holdSeconds }));
  const times = [startsAt, endsAt].filter((time) => time !== null).map((time) => format.shortTime(time));
  return (
    <li class="tile">
      <strong>{times.join('–')}</strong>
      <span>{title ?? t.shop.hold.slot(format.number(id))}</span>
      <PlacesLeft
        count={remaining}
        left={t.shop.slots.free(format.number(remaining), format.number(capacity))}
        none={t.shop.slots.full}
      />
      {user === null ? (
        <a href={hrefOf(['sign-in'], { next: location.hash })}>{t.shop.item.signInFirst}</a>
      ) : (
        <button type="button" disabled={isBusy || remaining <= 0 || user === undefined} onClick={() => void act(hold)}>
          {t.shop.slots.hold}
          <span class="unseen">
            {times[0]} {title}
          </span>
        </button>
      )}
    </li>
  );
}
