import type { ProjectionAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { byKey, useFollowed } from '../live/use-followed.ts';
import { useSlowed } from '../live/use-slowed.ts';
import { Answered } from '../parts/answered.tsx';
import { ConnectionBadge } from '../parts/connection.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { holdfast } from '../session/holdfast.ts';
import { LagCharts } from './lag-charts.tsx';
import { ParkedStreams } from './parked-streams.tsx';
import { keyOf, ProjectionsTable } from './projections-table.tsx';
import { RunsSection } from './runs-section.tsx';

/** Every projection reports once a second: all of them are shown at once. */
const shownEveryMs = 250;

/** How far the projections have come, and what can be done about them. */
export function ProjectionsPage() {
  const { t } = useLanguage();
  const followed = useFollowed<ProjectionAnswer, readonly ProjectionAnswer[]>(
    { stream: (options) => holdfast.projections.follow(options), apply: byKey(keyOf) },
    [],
  );
  const projections = useSlowed(followed, shownEveryMs);
  const rows = projections.value ?? [];
  const parked = rows.reduce((sum, { parkedStreams }) => sum + parkedStreams, 0);
  return (
    <Page title={t.operate.projections.title} aside={<ConnectionBadge of={followed.connection} />}>
      <LagCharts rows={rows} isLive={projections.connection === 'live'} />
      <Section title={t.operate.projections.table}>
        <Answered of={projections} lines={18} empty={t.operate.projections.noRows}>
          {(found) => <ProjectionsTable rows={found} />}
        </Answered>
      </Section>
      <RunsSection rows={rows} />
      <ParkedStreams count={parked} />
    </Page>
  );
}
