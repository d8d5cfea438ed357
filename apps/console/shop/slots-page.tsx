import type { HoldAnswer, ListedSlotAnswer } from '#client';
import { dayIn } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { useSlotsOfDay } from '../live/use-slots-of-day.ts';
import { Answered } from '../parts/answered.tsx';
import { ConnectionBadge } from '../parts/connection.tsx';
import { DayChoice } from '../parts/day-choice.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { useAction } from '../parts/use-action.ts';
import { signInHref, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { useUser } from '../session/user.tsx';
import { HoldCard } from './hold-card.tsx';
import { PlacesLeft } from './places-left.tsx';
import { usePlacedHolds } from './use-placed-holds.ts';

const holdSeconds = 120;

/** The slots of a day with the places they have just now. */
export function SlotsPage(place: Place) {
  const { t, format } = useLanguage();
  const day = dayIn(place.query);
  const { slots, connection } = useSlotsOfDay(day);
  const { holds, add, replace } = usePlacedHolds();
  return (
    <Page title={t.shop.slots.title} aside={<ConnectionBadge of={connection} />}>
      <DayChoice place={place} day={day} />
      {holds.length === 0 ? null : (
        <Section title={t.shop.mine.holds}>
          {holds.map((hold) => (
            <HoldCard key={hold.id} hold={hold} changed={replace} />
          ))}
        </Section>
      )}
      <Answered of={slots} lines={8} empty={t.shop.slots.none(format.day(`${day}T00:00`))}>
        {(rows) => (
          <ul class="tiles plain">
            {rows.map((slot) => (
              <SlotTile key={slot.id} slot={slot} held={add} />
            ))}
          </ul>
        )}
      </Answered>
    </Page>
  );
}

interface SlotTileProps {
  readonly slot: ListedSlotAnswer;
  readonly held: (hold: HoldAnswer) => void;
}

function SlotTile({ slot: { id, title, startsAt, endsAt, capacity, remaining }, held }: SlotTileProps) {
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
        <a href={signInHref()}>{t.shop.item.signInFirst}</a>
      ) : (
        <button type="button" disabled={isBusy || remaining <= 0} onClick={() => void act(hold)}>
          {t.shop.slots.hold}
          <span class="unseen">
            {times[0]} {title}
          </span>
        </button>
      )}
    </li>
  );
}
