import type { ProjectionAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Section } from '../parts/section.tsx';
import { RunReport } from './run-report.tsx';

/** The latest rebuild or verification of each projection, the newest first. */
export function RunsSection({ rows }: { rows: readonly ProjectionAnswer[] }) {
  const { t } = useLanguage();
  const runs = rows
    .map(({ run }) => run)
    .filter((run) => run !== null)
    .toSorted((a, b) => b.id - a.id);
  return (
    <Section title={t.operate.runs.title}>
      {runs.length === 0 ? <p class="empty">{t.operate.runs.none}</p> : null}
      <ul class="plain stack">
        {runs.map((run) => (
          <RunReport key={run.id} run={run} />
        ))}
      </ul>
    </Section>
  );
}
