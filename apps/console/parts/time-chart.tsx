import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import type { Formats } from '../language/formats.ts';
import { useLanguage } from '../language/language.tsx';
import { useTheme } from '../theme.tsx';

export interface Series {
  readonly label: string;
  /** A colour of style/colours.css, without its dashes. */
  readonly colour: string;
  readonly values: readonly (number | null)[];
}

interface TimeChartProps {
  /** What it shows, for those who do not see it; the numbers have to be on the page as well. */
  readonly summary: string;
  /** Milliseconds since 1970, rising. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
  /** A value counts until the next one, as a balance does. */
  readonly isStepped?: boolean;
  readonly height?: number;
}

/** Lines over time. */
export function TimeChart({ summary, times, series, isStepped = false, height = 180 }: TimeChartProps) {
  const { language, format } = useLanguage();
  const { theme } = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | undefined>(undefined);
  const data: UPlot.AlignedData = [times.map((ms) => ms / 1000), ...series.map(({ values }) => [...values])];
  const names = series.map(({ label }) => label).join('\n');
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const style = getComputedStyle(element);
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const axis = { stroke: colour('text-quiet'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
    const stepped = UPlot.paths.stepped?.({ align: 1 });
    const options: UPlot.Options = {
      width: element.clientWidth,
      height,
      cursor: { y: false },
      legend: { show: false },
      axes: [
        { ...axis, values: (_, at) => at.map((seconds) => labelOf(format, at)(seconds * 1000)), space: 90 },
        { ...axis, values: (_, at) => at.map((value) => format.decimal(value)), size: 60 },
      ],
      scales: { y: { range: (_, min, max) => [Math.min(0, min), Math.max(1, max * 1.1)] } },
      series: [
        {},
        ...series.map((each) => ({
          label: each.label,
          stroke: colour(each.colour),
          width: 2,
          points: { show: false },
          ...(isStepped && stepped !== undefined ? { paths: stepped } : {}),
        })),
      ],
    };
    plot.current = new UPlot(options, data, element);
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [names, theme, language, height, isStepped]);
  useEffect(() => plot.current?.setData(data));
  return (
    <div class="chart">
      <div ref={box} role="img" aria-label={summary} style={{ minHeight: `${height}px` }} />
      <p class="legend" aria-hidden="true">
        {series.map(({ label, colour }) => (
          <span key={label}>
            <span class={`swatch ${colour}`} />
            {label}
          </span>
        ))}
      </p>
    </div>
  );
}

const dayInSeconds = 86_400;
const minutesInSeconds = 300;

/** Days, if there are several of them; seconds, if there are a few minutes. */
function labelOf(format: Formats, at: readonly number[]): (ms: number) => string {
  const seconds = (at.at(-1) ?? 0) - (at[0] ?? 0);
  if (seconds < minutesInSeconds) return format.time;
  return seconds > dayInSeconds ? format.day : format.shortTime;
}
