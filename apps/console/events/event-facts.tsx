import type { ComponentChildren } from 'preact';
import type { EventAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Facts } from '../parts/facts.tsx';
import { hrefOf } from '../place.ts';
import { thing } from './facts.ts';

/** All that is known of an event, with links to what belongs to it. */
export function EventFacts({ event }: { event: EventAnswer }) {
  const { t, format } = useLanguage();
  const { eventId, type, schemaVersion, recordedAt, stream, revision, position } = event;
  const { subjectId, userId, apiKeyId, correlationId } = event;
  const words = t.events.event;
  const facts: readonly (readonly [name: string, value: ComponentChildren])[] = [
    [t.events.at, recordedAt === null ? null : <time dateTime={recordedAt}>{format.preciseMoment(recordedAt)}</time>],
    [t.events.type, linked(type, () => hrefOf(['events'], { type }))],
    [words.subject, linked(subjectId, (subject) => hrefOf(['events'], { subject }), thing(event, { t, format }))],
    [t.events.stream, linked(stream, () => hrefOf(['events'], { stream }))],
    [words.revision, format.number(revision)],
    [t.events.user, userId === null ? t.events.automatic : linked(userId, (user) => hrefOf(['events'], { user }))],
    [words.apiKey, apiKeyId ?? '–'],
    [
      words.correlationId,
      correlationId === null ? null : (
        <>
          {correlationId}
          <br />
          <a href={hrefOf(['events', 'caused', correlationId])}>{words.showCaused}</a>
        </>
      ),
    ],
    [words.causationId, <Command key="command" of={event} />],
    [words.id, eventId],
    [words.position, position],
    [words.schemaVersion, schemaVersion === null ? null : format.number(schemaVersion)],
  ];
  return <Facts of={facts.map(([name, value]) => [name, value ?? words.unknown])} />;
}

function linked(id: string | null, href: (id: string) => string, text: string | undefined = id ?? undefined) {
  return id === null ? null : <a href={href(id)}>{text}</a>;
}

/** The first event that a command records has the id of the command. */
function Command({ of: { eventId, causationId } }: { of: EventAnswer }) {
  const { t } = useLanguage();
  if (causationId === null) return <>{t.events.event.unknown}</>;
  if (causationId === eventId) {
    return (
      <>
        {causationId}
        <br />
        <small>{t.events.event.isFirst}</small>
      </>
    );
  }
  return (
    <>
      <a href={hrefOf(['events', causationId])}>{causationId}</a>
      <br />
      <small>{t.events.event.withOthers}</small>
    </>
  );
}
