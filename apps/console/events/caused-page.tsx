import { useLanguage } from '../language/language.tsx';
import { useAnswer } from '../live/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { hrefOf } from '../place.ts';
import { between, causedMax, readCaused, type Caused } from './caused.ts';
import { CausedTable } from './caused-table.tsx';
import { WithJournal } from './with-journal.tsx';

// What follows a request, such as the reservations of an order, may take a while.
const readAgainMs = 5_000;

/** What one request caused, across streams. */
export function CausedPage({ correlationId }: { correlationId: string }) {
  const { t } = useLanguage();
  const caused = useAnswer((signal) => readCaused(correlationId, signal), [correlationId], {
    everyMs: readAgainMs,
  });
  return (
    <Page
      title={t.events.caused.title}
      aside={<a href={hrefOf(['events'], { correlationId })}>{t.events.caused.asList}</a>}
    >
      <WithJournal of={caused}>
        <Section title={correlationId}>
          <Answered of={caused} lines={10}>
            {(found) =>
              found.events.length === 0 ? <p class="empty">{t.events.caused.none}</p> : <Shown caused={found} />
            }
          </Answered>
        </Section>
      </WithJournal>
    </Page>
  );
}

function Shown({ caused }: { caused: Caused }) {
  const { t, format } = useLanguage();
  const { events, streams, isCut } = caused;
  const tookMs = between(events[0], events.at(-1));
  return (
    <>
      <dl class="numbers">
        <div>
          <dt>{t.events.caused.events}</dt>
          <dd>{format.number(events.length)}</dd>
        </div>
        <div>
          <dt>{t.events.caused.streams}</dt>
          <dd>{format.number(streams.length)}</dd>
        </div>
        <div>
          <dt>{t.events.caused.took}</dt>
          <dd>{tookMs === undefined ? '–' : format.milliseconds(tookMs)}</dd>
        </div>
      </dl>
      {isCut ? <p>{t.events.caused.cut(format.number(causedMax))}</p> : null}
      <CausedTable caused={caused} />
    </>
  );
}
