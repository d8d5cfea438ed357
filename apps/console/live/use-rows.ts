import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { HoldfastError } from '#client';

/** A list of which more can be read. */
export interface Rows<Row> {
  readonly value: readonly Row[] | undefined;
  readonly error: HoldfastError | undefined;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly reload: () => void;
}

type Read<Row> = Omit<Rows<Row>, 'more' | 'reload'>;

/** Reads a list of the client, a portion at a time. A reload reads as many rows as are shown. */
export function useRows<Row>(
  list: (signal: AbortSignal) => AsyncIterable<Row>,
  depends: readonly unknown[],
  portion = 50,
): Rows<Row> {
  const [read, setRead] = useState<Read<Row>>(nothing);
  const [round, setRound] = useState(0);
  const listing = useRef(list);
  listing.current = list;
  const reading = useRef<{ take: (count: number) => void }>({ take: () => undefined });
  const shown = useRef(portion);
  useEffect(() => {
    shown.current = portion;
  }, depends);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const rows = listing.current(signal)[Symbol.asyncIterator]();
    const taken: Row[] = [];
    const take = async (count: number) => {
      setRead((before) => ({ ...before, isLoading: true }));
      try {
        const hasMore = await takeInto(taken, rows, count);
        if (!signal.aborted) setRead({ value: [...taken], error: undefined, isLoading: false, hasMore });
      } catch (error) {
        // It cannot go on from here: what follows is read again from the beginning.
        const failed = { error: error as HoldfastError, isLoading: false, hasMore: false };
        if (!signal.aborted) setRead((before) => ({ ...before, ...failed }));
      }
    };
    reading.current = { take: (count) => void take(count) };
    void take(shown.current);
    return () => controller.abort();
  }, [...depends, round]);
  const more = useCallback(() => {
    shown.current += portion;
    reading.current.take(portion);
  }, [portion]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...read, more, reload };
}

/** Whether the list goes on after these. */
async function takeInto<Row>(taken: Row[], rows: AsyncIterator<Row>, count: number): Promise<boolean> {
  for (let missing = count; missing > 0; missing -= 1) {
    const next = await rows.next();
    if (next.done === true) return false;
    taken.push(next.value);
  }
  return true;
}

const nothing = { value: undefined, error: undefined, isLoading: true, hasMore: false } as const;
