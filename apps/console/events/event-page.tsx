import type { EventAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { hrefOf } from '../place.ts';
import { holdfast } from '../session/holdfast.ts';
import { EventFacts } from './event-facts.tsx';
import { meaningOf, typeName } from './meaning.ts';
import { WithJournal } from './with-journal.tsx';

/** One event: what it means, and as it is stored. */
export function EventPage({ id }: { id: string }) {
  const { t } = useLanguage();
  const event = useAnswer((signal) => holdfast.events.get(id, { signal }), [id]);
  return (
    <Page
      title={event.value === undefined ? t.events.title : typeName(event.value.type, t)}
      aside={<a href={hrefOf(['events'])}>{t.events.event.all}</a>}
    >
      <WithJournal of={event}>
        <Answered of={event} lines={12}>
          {(found) => <Shown event={found} />}
        </Answered>
      </WithJournal>
    </Page>
  );
}

function Shown({ event }: { event: EventAnswer }) {
  const { t, format } = useLanguage();
  return (
    <div class="two">
      <Section title={t.events.event.facts}>
        <p class="event-meaning">{meaningOf(event, { t, format })}</p>
        <EventFacts event={event} />
      </Section>
      <Section title={t.events.event.raw}>
        <pre class="raw" tabIndex={0} role="region" aria-label={t.events.event.json(event.type)}>
          {JSON.stringify(event, null, 2)}
        </pre>
      </Section>
    </div>
  );
}
