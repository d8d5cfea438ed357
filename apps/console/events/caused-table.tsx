import type { EventAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { hrefOf } from '../place.ts';
import { between, type Caused } from './caused.ts';
import { meaningOf } from './meaning.ts';

/** More streams than these do not fit beside each other. */
const columnsMax = 5;

/** Events from top to bottom in the order in which they were recorded, each in the column of its stream. */
export function CausedTable({ caused: { events, streams } }: { caused: Caused }) {
  const { t, format } = useLanguage();
  const [first] = events;
  const before = new Map(events.map((event, at) => [event.eventId, events[at - 1]]));
  const cellOf = (event: EventAnswer) => <CausedEvent event={event} before={before.get(event.eventId)} />;
  const since: Column<EventAnswer> = {
    head: t.events.caused.since,
    isNumber: true,
    cell: (event) => {
      const ms = between(first, event);
      return <span class="moment">{ms === undefined ? '–' : `+${format.milliseconds(ms)}`}</span>;
    },
  };
  const byStream = streams.map((stream): Column<EventAnswer> => ({
    head: stream,
    cell: (event) => (event.stream === stream ? cellOf(event) : null),
  }));
  const together: Column<EventAnswer>[] = [
    { head: t.events.stream, cell: ({ stream }) => <code>{stream}</code> },
    { head: t.events.caused.what, cell: cellOf },
  ];
  return (
    <Table
      caption={t.events.caused.title}
      rows={events}
      keyOf={({ eventId }) => eventId}
      columns={[since, ...(streams.length > columnsMax ? together : byStream)]}
    />
  );
}

function CausedEvent({ event, before }: { event: EventAnswer; before: EventAnswer | undefined }) {
  const { t, format } = useLanguage();
  const isOfSameCommand = event.causationId !== null && event.causationId === before?.causationId;
  return (
    <div class={isOfSameCommand ? 'caused with-before' : 'caused'}>
      <a href={hrefOf(['events', event.eventId])}>
        <code>{event.type}</code>
      </a>
      <span>{meaningOf(event, { t, format })}</span>
      {isOfSameCommand ? <small>{t.events.caused.sameCommand}</small> : null}
    </div>
  );
}
