import { useEffect, useRef, useState } from 'preact/hooks';
import type { MovementAnswer } from '#client';
import { useAnswer, type Answer } from '../live/use-answer.ts';
import type { Rows } from '../live/use-rows.ts';
import { useSlowed } from '../live/use-slowed.ts';

interface HistoryPage {
  readonly total: number | null;
  readonly movements: readonly MovementAnswer[];
  readonly nextCursor: string | null;
}

type Paging = { readonly limit: number } & ({ readonly page: number } | { readonly cursor: string });
type ReadPage = (query: Paging, options: { signal: AbortSignal }) => PromiseLike<HistoryPage>;

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
const triesMax = 10;

/**
 * The newest movements of a stock, read again when it has another `revision`: all of them are for a chart, and those that
 * are shown as rows, newest first, are some of them.
 */
export function useMovements(
  readPage: ReadPage,
  revision: number | string | undefined,
): { all: Answer<Movements>; rows: Rows<MovementAnswer> } {
  const [shown, setShown] = useState(portion);
  const wanted = Math.max(drawn, shown);
  const slowed = useSlowed(revision, 1_000);
  const [asked, setAsked] = useState(slowed);
  const all = useAnswer((signal) => readNewest(readPage, wanted, signal), [wanted, asked]);
  const { value, error, isLoading, reload } = all;
  // What changes while it is read is read after that: of a busy stock, nothing would be read to its end otherwise.
  useEffect(() => {
    if (!isLoading) setAsked(slowed);
  }, [isLoading, slowed]);
  useCatchUp(all, asked);
  const rows = {
    value: value?.newest.toReversed().slice(0, shown),
    error,
    isLoading,
    hasMore: value !== undefined && value.total > shown,
    more: () => setShown(shown + portion),
    reload,
  };
  return { all, rows };
}

/** The history may come later than the balance, and is read again until it has the `revision`; not for ever. */
function useCatchUp({ value, isLoading, reload }: Answer<Movements>, revision: number | string | undefined): void {
  const newest = value?.newest.at(-1)?.revision ?? -1;
  const isBehind = typeof revision === 'number' && value !== undefined && newest < revision;
  const tries = useRef(0);
  useEffect(() => {
    tries.current = 0;
  }, [newest, revision]);
  useEffect(() => {
    if (!isBehind || isLoading || tries.current >= triesMax) return undefined;
    const timer = setTimeout(() => {
      tries.current += 1;
      reload();
    }, behindMs);
    return () => clearTimeout(timer);
  }, [isBehind, isLoading, newest, revision, reload]);
}

/** The API lists them from the first one on, so the last pages are read. */
async function readNewest(readPage: ReadPage, count: number, signal: AbortSignal): Promise<Movements> {
  const start = await readPage({ page: 1, limit: pageSize }, { signal });
  const total = start.total ?? start.movements.length;
  const lastPage = Math.ceil(total / pageSize);
  const firstPage = Math.max(1, Math.floor((total - count) / pageSize) + 1);
  const newest = firstPage === 1 ? [...start.movements] : [];
  for (let page = Math.max(2, firstPage); page <= lastPage; page += 1) {
    const { movements } = await readPage({ ...placeOf(page, start.nextCursor), limit: pageSize }, { signal });
    newest.push(...movements);
  }
  return { first: start.movements[0], newest, total };
}

/**
 * Pages further on have no number, but are read by cursor. A cursor is the name of the list and the revision after which it
 * goes on, and revisions have no gaps, so that of the second page tells that of any.
 */
function placeOf(page: number, secondPage: string | null): { page: number } | { cursor: string } {
  if (page <= pageMax || secondPage === null) return { page };
  const lastBefore = (page - 1) * pageSize - 1;
  const cursor = btoa(atob(secondPage).replace(/\d+$/, String(lastBefore)));
  return { cursor: cursor.replaceAll('=', '') };
}
