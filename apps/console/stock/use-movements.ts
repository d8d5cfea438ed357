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

interface HistoryQuery {
  readonly sort: 'oldest' | 'newest';
  readonly limit: number;
  readonly cursor?: string;
}
type ReadPage = (query: HistoryQuery, options: { signal: AbortSignal }) => PromiseLike<HistoryPage>;

export interface Movements {
  /** The first one of all. */
  readonly first: MovementAnswer | undefined;
  /** The newest ones, in the order of occurrence. */
  readonly newest: readonly MovementAnswer[];
  readonly total: number;
}

const pageSize = 100;
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

async function readNewest(readPage: ReadPage, count: number, signal: AbortSignal): Promise<Movements> {
  const [oldest, start] = await Promise.all([
    readPage({ sort: 'oldest', limit: 1 }, { signal }),
    readPage({ sort: 'newest', limit: pageSize }, { signal }),
  ]);
  const newest = [...start.movements];
  for (let { nextCursor } = start; nextCursor !== null && newest.length < count;) {
    const page = await readPage({ sort: 'newest', limit: pageSize, cursor: nextCursor }, { signal });
    newest.push(...page.movements);
    ({ nextCursor } = page);
  }
  return { first: oldest.movements[0], newest: newest.toReversed(), total: start.total ?? newest.length };
}
