import { dayIn } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { useSlotsOfDay } from '../live/use-slots-of-day.ts';
import { Answered } from '../parts/answered.tsx';
import { Badge } from '../parts/badge.tsx';
import { ConnectionBadge } from '../parts/connection.tsx';
import { DayChoice } from '../parts/day-choice.tsx';
import { useNotices } from '../parts/notices.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import { hrefOf, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { PlacesLeft } from '../shop/places-left.tsx';
import { SeriesForm } from './series-form.tsx';
import { SlotForm, type SlotFacts } from './slot-form.tsx';

/** The slots of a day, and how more are opened. */
export function SlotsPage(place: Place) {
  const { t, format } = useLanguage();
  const notices = useNotices();
  const day = dayIn(place.query);
  const { slots, connection } = useSlotsOfDay(day);
  const open = async (facts: SlotFacts) => {
    const { slot_id } = await holdfast.slots.open(facts);
    notices.done(t.stock.slots.opened(format.number(slot_id)));
    slots.reload();
  };
  const times = (of: readonly (string | null)[]) =>
    of.map((time) => (time === null ? '…' : format.shortTime(time))).join('–');
  return (
    <Page title={t.stock.slots.title} aside={<ConnectionBadge of={connection} />}>
      <DayChoice place={place} day={day} />
      <Section title={format.day(`${day}T00:00`)}>
        <Answered of={slots} lines={8} empty={t.shop.slots.none(format.day(`${day}T00:00`))}>
          {(rows) => (
            <Table
              caption={t.stock.slots.title}
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                {
                  head: t.stock.slots.slot,
                  cell: ({ id, title }) => (
                    <a href={hrefOf(['stock', 'slots', id])}>{title ?? t.shop.hold.slot(format.number(id))}</a>
                  ),
                },
                { head: t.stock.slots.time, cell: ({ startsAt, endsAt }) => times([startsAt, endsAt]) },
                {
                  head: t.stock.slots.free,
                  cell: ({ remaining, capacity }) => (
                    <PlacesLeft
                      count={remaining}
                      left={t.shop.slots.free(format.number(remaining), format.number(capacity))}
                      none={t.shop.slots.full}
                    />
                  ),
                },
                {
                  head: t.stock.items.state,
                  cell: ({ open: isOpen }) => (isOpen ? t.stock.slots.open : <Badge>{t.stock.slots.closed}</Badge>),
                },
              ]}
            />
          )}
        </Answered>
      </Section>
      <div class="two">
        <Section title={t.stock.slots.openOne}>
          <SlotForm action={t.stock.slots.openOne} save={open} />
        </Section>
        <Section title={t.stock.slots.openSeries}>
          <SeriesForm day={day} done={slots.reload} />
        </Section>
      </div>
    </Page>
  );
}
