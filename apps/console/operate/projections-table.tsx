import type { ProjectionAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { useNow } from '../live/use-now.ts';
import { Badge } from '../parts/badge.tsx';
import { Table } from '../parts/table.tsx';
import { RunButtons } from './run-buttons.tsx';

export function ProjectionsTable({ rows }: { rows: readonly ProjectionAnswer[] }) {
  const { t, format } = useLanguage();
  const words = t.operate.projections;
  const sorted = rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return (
    <Table
      caption={words.table}
      rows={sorted}
      keyOf={keyOf}
      columns={[
        { head: words.name, cell: ({ name }) => name },
        { head: words.store, cell: ({ store }) => store },
        { head: words.state, cell: (row) => <StateBadge {...row} /> },
        { head: words.lagEvents, isNumber: true, cell: (row) => <LagEvents {...row} /> },
        {
          head: words.lagAge,
          isNumber: true,
          cell: ({ lagSeconds }) => (lagSeconds === null ? '–' : format.duration(lagSeconds)),
        },
        {
          head: words.perSecond,
          isNumber: true,
          cell: ({ eventsPerSecond }) => (eventsPerSecond === null ? '–' : format.decimal(eventsPerSecond)),
        },
        {
          head: words.parked,
          isNumber: true,
          cell: ({ parkedStreams }) =>
            parkedStreams === 0 ? format.number(0) : <Badge tone="bad">{format.number(parkedStreams)}</Badge>,
        },
        { head: words.report, cell: ({ saidAt }) => <LastReport at={saidAt} /> },
        { head: words.error, cell: ({ error }) => (error === null ? '–' : <span class="said">{error}</span>) },
        { head: words.actions, cell: (row) => <RunButtons projection={row} /> },
      ]}
    />
  );
}

function StateBadge({ state }: ProjectionAnswer) {
  const { t } = useLanguage();
  return <Badge tone={state === 'live' ? 'good' : 'warn'}>{t.operate.projections.states[state]}</Badge>;
}

function LagEvents({ lagEvents, lagIsExact }: ProjectionAnswer) {
  const { t, format } = useLanguage();
  if (lagEvents === null) return <>–</>;
  const events = format.number(lagEvents);
  return <>{lagIsExact === false ? t.operate.projections.atLeast(events) : events}</>;
}

const lateAfterMs = 15_000;

function LastReport({ at }: { at: string | null }) {
  const { t, format } = useLanguage();
  const now = useNow(5_000);
  if (at === null) return <>{t.operate.projections.noReport}</>;
  const time = format.time(at);
  if (now - Date.parse(at) < lateAfterMs) return <span class="moment">{time}</span>;
  return <Badge tone="warn">{t.operate.projections.lateReport(time)}</Badge>;
}

export function keyOf({ name, schema, store, generation }: ProjectionAnswer): string {
  return `${name} ${schema} ${store} ${generation}`;
}
