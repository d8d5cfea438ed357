import { useEffect, useRef, useState } from 'preact/hooks';
import { HoldfastError, type Change } from '#client';
import { beginStream, endStream } from './one-stream.ts';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'ended';

export interface Followed<State> {
  readonly value: State | undefined;
  readonly connection: Connection;
  readonly error: HoldfastError | undefined;
}

interface Options<Row, State> {
  /** Of `holdfast.….follow`. */
  readonly stream: (options: {
    signal: AbortSignal;
    onConnect: () => void;
    onReconnect: () => void;
  }) => AsyncIterable<Change<Row, State>>;
  readonly apply: (state: State | undefined, change: Change<Row, State>) => State;
}

/** Follows the one stream of this tab, for as long as the component is shown. */
export function useFollowed<Row, State>({ stream, apply }: Options<Row, State>, depends: readonly unknown[]) {
  const [followed, setFollowed] = useState<Followed<State>>(nothing);
  const latest = useRef({ stream, apply });
  latest.current = { stream, apply };
  useEffect(() => {
    setFollowed(nothing);
    const signal = beginStream();
    const connection = (next: Connection) =>
      signal.aborted || setFollowed((before) => ({ ...before, connection: next }));
    const changes = latest.current.stream({
      signal,
      onConnect: () => connection('live'),
      onReconnect: () => connection('reconnecting'),
    });
    const follow = async () => {
      try {
        for await (const change of changes) {
          if (signal.aborted) return;
          setFollowed((before) => ({ ...before, value: latest.current.apply(before.value, change), error: undefined }));
        }
        connection('ended');
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof HoldfastError)) return connection('ended');
        setFollowed((before) => ({ ...before, connection: 'ended', error }));
      }
    };
    void follow();
    return () => endStream(signal);
  }, depends);
  return followed;
}

/** For a stream of one thing. */
export function theLast<Value>(_before: Value | undefined, { data }: Change<Value>): Value {
  return data;
}

/** For a stream of many: the row that changed replaces the one with the same key, or is added. */
export function byKey<Row>(keyOf: (row: Row) => string | number) {
  return (before: readonly Row[] | undefined, change: Change<Row, readonly Row[]>): readonly Row[] => {
    if (change.type === 'reset') return change.data;
    const rows = before ?? [];
    const key = keyOf(change.data);
    return rows.some((row) => keyOf(row) === key)
      ? rows.map((row) => (keyOf(row) === key ? change.data : row))
      : [...rows, change.data];
  };
}

const nothing = { value: undefined, connection: 'connecting', error: undefined } as const;
