import { useEffect, useState } from 'preact/hooks';
import type { MovementAnswer } from '#client';
import { useAnswer, type Answer } from '../live/use-answer.ts';
import type { Rows } from '../live/use-rows.ts';
import { useSlowed } from '../live/use-slowed.ts';

interface HistoryPage {
  readonly total: number | null;
  readonly movements: readonly MovementAnswer[];
}

type ReadPage = (query: { page: number; limit: number }, options: { signal: AbortSignal }) => PromiseLike<HistoryPage>;

export interface Movements {
  /** The first one of all. */
  readonly first: MovementAnswer | undefined;
  /** The newest ones, in the order of occurrence. */
  readonly newest: readonly MovementAnswer[];
  readonly total: number;
}

const pageSize = 100;
const pageMax = 1_000;
const drawn = 300;
const portion = 25;
const behindMs = 2_000;

/**
 * The newest movements of a stock, read again when it has another `revision`: all of them are for a chart, and those that
 * are shown as rows, newest first, are some of them.
 */
export function useMovements(
  readPage: ReadPage,
  revision: unknown,
): { all: Answer<Movements>; rows: Rows<MovementAnswer> } {
  const [shown, setShown] = useState(portion);
  const wanted = Math.max(drawn, shown);
  const slowed = useSlowed(revision, 1_000);
  const all = useAnswer((signal) => readNewest(readPage, wanted, signal), [wanted, slowed]);
  const { value, error, isLoading, reload } = all;
  // The history may come later than the balance.
  const isBehind = typeof slowed === 'number' && value !== undefined && (value.newest.at(-1)?.revision ?? -1) < slowed;
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setTimeout(reload, behindMs);
    return () => clearTimeout(timer);
  }, [isBehind, value, reload]);
  const rows = {
    value: value?.newest.toReversed().slice(0, shown),
    error,
    isLoading,
    hasMore: value !== undefined && Math.min(value.total, pageSize * pageMax) > shown,
    more: () => setShown(shown + portion),
    reload,
  };
  return { all, rows };
}

/** The API lists them from the first one on, so the last pages are read. */
async function readNewest(readPage: ReadPage, count: number, signal: AbortSignal): Promise<Movements> {
  const start = await readPage({ page: 1, limit: pageSize }, { signal });
  const total = start.total ?? start.movements.length;
  const lastPage = Math.min(pageMax, Math.ceil(total / pageSize));
  const firstPage = Math.max(1, Math.floor((total - count) / pageSize) + 1);
  const newest = firstPage === 1 ? [...start.movements] : [];
  for (let page = Math.max(2, firstPage); page <= lastPage; page += 1) {
    const { movements } = await readPage({ page, limit: pageSize }, { signal });
    newest.push(...movements);
  }
  return { first: start.movements[0], newest, total };
}
