import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { HoldfastError } from '#client';

/** An answer that is being read: the one before stays until there is the next. */
export interface Answer<Value> {
  readonly value: Value | undefined;
  readonly error: HoldfastError | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** Reads when `depends` changes, and every `everyMs` for as long as the page is seen. What is about another thing needs another `key`. */
export function useAnswer<Value>(
  ask: (signal: AbortSignal) => PromiseLike<Value>,
  depends: readonly unknown[],
  { everyMs }: { everyMs?: number } = {},
): Answer<Value> {
  const [state, setState] = useState<Omit<Answer<Value>, 'reload'>>(nothing);
  const [round, setRound] = useState(0);
  const asking = useRef(ask);
  asking.current = ask;
  const isReading = useRef(false);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const read = async () => {
      isReading.current = true;
      setState((before) => ({ ...before, isLoading: true }));
      try {
        const value = await asking.current(signal);
        if (!signal.aborted) setState({ value, error: undefined, isLoading: false });
      } catch (error) {
        if (!signal.aborted) setState((before) => ({ ...before, error: error as HoldfastError, isLoading: false }));
      } finally {
        if (!signal.aborted) isReading.current = false;
      }
    };
    void read();
    return () => controller.abort();
  }, [...depends, round]);
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    // An answer that takes longer than that is waited for.
    const timer = setInterval(() => document.hidden || isReading.current || reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  return { ...state, reload };
}

const nothing = { value: undefined, error: undefined, isLoading: true } as const;
