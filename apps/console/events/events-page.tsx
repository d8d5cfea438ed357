import type { EventAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useRows } from '../live/use-rows.ts';
import { Id } from '../parts/id.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Listed, type Column } from '../parts/table.tsx';
import { hrefOf, type Place } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { conditionsOf, filterOf } from './filter.ts';
import { FilterForm } from './filter-form.tsx';
import { meaningOf } from './meaning.ts';
import { NewerEvents } from './newer-events.tsx';
import { WithJournal } from './with-journal.tsx';

const portion = 50;

/** The events of all streams, newest first. */
export function EventsPage(place: Place) {
  const { t } = useLanguage();
  const filter = filterOf(place.query);
  const events = useRows(
    (signal) => holdfast.events.list({ ...conditionsOf(filter), limit: portion }, { signal }),
    [JSON.stringify(filter)],
    portion,
  );
  const { correlationId } = filter;
  return (
    <Page
      title={t.events.title}
      aside={
        correlationId === undefined ? null : (
          <a href={hrefOf(['events', 'caused', correlationId])}>{t.events.event.showCaused}</a>
        )
      }
    >
      <WithJournal of={events}>
        <Section title={t.events.filter.title}>
          <FilterForm {...place} />
        </Section>
        <Section
          title={t.events.found}
          aside={events.value === undefined ? null : <NewerEvents of={events} filter={filter} />}
        >
          <Listed
            caption={t.events.title}
            of={events}
            empty={t.events.none}
            keyOf={({ eventId }) => eventId}
            columns={useColumns()}
          />
        </Section>
      </WithJournal>
    </Page>
  );
}

function useColumns(): readonly Column<EventAnswer>[] {
  const { t, format } = useLanguage();
  return [
    {
      head: t.events.at,
      cell: ({ eventId, recordedAt }) => (
        <a class="event-time" href={hrefOf(['events', eventId])}>
          {recordedAt === null ? t.events.event.unknown : format.moment(recordedAt)}
        </a>
      ),
    },
    {
      head: t.events.meaning,
      cell: (event) => <span class="meaning">{meaningOf(event, { t, format })}</span>,
    },
    { head: t.events.type, cell: ({ type }) => <code>{type}</code> },
    {
      head: t.events.stream,
      cell: ({ stream }) => (
        <a href={hrefOf(['events'], { stream })}>
          <Id of={stream} />
        </a>
      ),
    },
    {
      head: t.events.user,
      cell: ({ userId }) =>
        userId === null ? (
          t.events.automatic
        ) : (
          <a href={hrefOf(['events'], { user: userId })}>
            <Id of={userId} />
          </a>
        ),
    },
  ];
}
