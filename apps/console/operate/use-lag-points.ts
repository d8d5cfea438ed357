import { useEffect, useRef, useState } from 'preact/hooks';
import type { ProjectionAnswer } from '#client';

export type LagRow = Pick<ProjectionAnswer, 'name' | 'store' | 'lagEvents' | 'eventsPerSecond'>;

/** What the projections said at a time. */
export interface LagPoint {
  readonly at: number;
  /** None while there is no connection. */
  readonly rows: readonly LagRow[];
}

export const shownMs = 120_000;
const everyMs = 1_000;

/** What the projections said in the last two minutes, collected while the page is open. */
export function useLagPoints(rows: readonly ProjectionAnswer[], isLive: boolean): readonly LagPoint[] {
  const [points, setPoints] = useState<readonly LagPoint[]>([]);
  const latest = useRef(rows);
  latest.current = isLive ? rows : [];
  useEffect(() => {
    const timer = setInterval(() => {
      const at = Date.now();
      const said = latest.current.map(lagRowOf);
      setPoints((before) => [...before.filter((point) => point.at > at - shownMs), { at, rows: said }]);
    }, everyMs);
    return () => clearInterval(timer);
  }, []);
  return points;
}

/** The whole rows of two minutes would be much to keep. */
function lagRowOf({ name, store, lagEvents, eventsPerSecond }: ProjectionAnswer): LagRow {
  return { name, store, lagEvents, eventsPerSecond };
}

/** Null if nothing is known. */
export function largestOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
