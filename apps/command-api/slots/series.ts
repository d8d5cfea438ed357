import { ZoneClock } from './zone-clock.ts';

export const daysOfWeek = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type DayOfWeek = (typeof daysOfWeek)[number];

/** When the slots of a series start: at these times of these days of the week, by the clocks of a time zone. */
export interface Series {
  /** Dates are written as `2027-03-28`; the first and the last that may have slots. */
  readonly from: string;
  readonly until?: string | undefined;
  /** How many slots there are, if it is not known when they end. */
  readonly count?: number | undefined;
  readonly days: readonly DayOfWeek[];
  /** Written as `09:00`. */
  readonly times: readonly string[];
  readonly timeZone: string;
  /** Dates without slots. */
  readonly except: readonly string[];
}

export interface SeriesStarts {
  /** In their order, in milliseconds since 1970; one more than the maximum if there are more. */
  readonly starts: readonly number[];
  /** Local times at which there is no slot, because clocks are put forward over them: `2027-03-28T02:30`. */
  readonly skipped: readonly string[];
}

const dayMs = 86_400_000;

export function startsOf(series: Series, slotsMax: number): SeriesStarts {
  const { from, until, count = slotsMax + 1, timeZone } = series;
  const clock = new ZoneClock(timeZone);
  const times = series.times.toSorted();
  const days = new Set(series.days);
  const except = new Set(series.except);
  const last = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  const starts: number[] = [];
  const skipped: string[] = [];
  for (let day = Date.parse(from); day <= last; day += dayMs) {
    const date = new Date(day).toISOString().slice(0, 'yyyy-mm-dd'.length);
    if (!days.has(dayOfWeek(day)) || except.has(date)) continue;
    for (const time of times) {
      const start = clock.momentOf(Date.parse(`${date}T${time}Z`));
      if (start === undefined) skipped.push(`${date}T${time}`);
      else starts.push(start);
      if (starts.length >= Math.min(count, slotsMax + 1)) return { starts, skipped };
    }
  }
  return { starts, skipped };
}

function dayOfWeek(day: number): DayOfWeek {
  return daysOfWeek[new Date(day).getUTCDay()] as DayOfWeek;
}
