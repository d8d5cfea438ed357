import { useState } from 'preact/hooks';
import type { ProjectionAnswer } from '#client';
import { useLanguage } from '../language/language.tsx';
import { Choice } from '../parts/field.tsx';
import { Section } from '../parts/section.tsx';
import { TimeChart } from '../parts/time-chart.tsx';
import { largestOf, shownMs, useLagPoints, type LagPoint, type LagRow } from './use-lag-points.ts';

type Measure = 'lagEvents' | 'eventsPerSecond';

/** Lag and throughput of the last two minutes: the largest of all projections, and those of one of them. */
export function LagCharts({ rows, isLive }: { rows: readonly ProjectionAnswer[]; isLive: boolean }) {
  const { t, format } = useLanguage();
  const points = useLagPoints(rows, isLive);
  const [chosen, setChosen] = useState('');
  const names = [...new Set(rows.filter(({ state }) => state === 'live').map(({ name }) => name))];
  const now = (measure: Measure) => {
    const largest = largestOf(rows.map((row) => row[measure]));
    return largest === null ? '–' : format.number(largest);
  };
  return (
    <>
      <div class="row">
        <Choice
          label={t.operate.projections.also}
          value={chosen}
          options={[['', t.operate.projections.noOther], ...names.map((name) => [name, name] as const)]}
          onValue={setChosen}
        />
      </div>
      <div class="two">
        <Section title={t.operate.projections.lag} aside={<strong class="number">{now('lagEvents')}</strong>}>
          <MeasureChart
            summary={t.operate.projections.lagChart(now('lagEvents'))}
            measure="lagEvents"
            points={points}
            chosen={chosen}
          />
        </Section>
        <Section title={t.operate.projections.rate} aside={<strong class="number">{now('eventsPerSecond')}</strong>}>
          <MeasureChart
            summary={t.operate.projections.rateChart(now('eventsPerSecond'))}
            measure="eventsPerSecond"
            points={points}
            chosen={chosen}
          />
        </Section>
      </div>
    </>
  );
}

interface MeasureChartProps {
  readonly summary: string;
  readonly measure: Measure;
  readonly points: readonly LagPoint[];
  /** The name of a projection, or nothing. */
  readonly chosen: string;
}

function MeasureChart({ summary, measure, points, chosen }: MeasureChartProps) {
  const { t } = useLanguage();
  const [now] = useState(Date.now);
  // The chart is two minutes wide from the beginning.
  const first = (points.at(-1)?.at ?? now) - shownMs;
  const valuesOf = (isShown: (row: LagRow) => boolean) => [
    null,
    ...points.map(({ rows }) => largestOf(rows.filter(isShown).map((row) => row[measure]))),
  ];
  const largest = { label: t.operate.projections.largest, colour: 'accent', values: valuesOf(() => true) };
  const one = { label: chosen, colour: 'held', values: valuesOf(({ name }) => name === chosen) };
  return (
    <TimeChart
      summary={summary}
      times={[first, ...points.map(({ at }) => at)]}
      series={chosen === '' ? [largest] : [largest, one]}
    />
  );
}
