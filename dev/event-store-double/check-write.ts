import type { KnownStreams, LogRecord, ProposedEvent } from './records.ts';

export type Expected = number | 'any' | 'none' | 'exists';

export type Verdict =
  | { readonly verdict: 'write' }
  /** The ids are already recorded: the answer is a success with the old revision. */
  | { readonly verdict: 'repeat'; readonly last: LogRecord }
  | { readonly verdict: 'wrong-version'; readonly actual: number | undefined }
  | { readonly verdict: 'deleted' };

const write: Verdict = { verdict: 'write' };

/**
 * How the server decides about a write, as observed: first whether it is a repeat, then whether the revision matches.
 */
export function checkWrite(
  log: KnownStreams,
  stream: string,
  expected: Expected,
  events: readonly ProposedEvent[],
): Verdict {
  if (log.isTombstoned(stream)) return { verdict: 'deleted' };
  const records = log.stream(stream);
  const wrong: Verdict = { verdict: 'wrong-version', actual: records.at(-1)?.revision };
  if (expected === 'any' || expected === 'exists') {
    if (expected === 'exists' && (records.length === 0 || log.isDeleted(stream))) return wrong;
    return repeatAnywhere(records, events) ?? write;
  }
  const current = records.length - 1;
  const after = expected === 'none' ? -1 : expected;
  if (after === current) return write;
  if (after > current) return wrong;
  const known = events.findIndex(({ id }, index) => records[after + 1 + index]?.id !== id);
  if (events.length > 0 && known === -1)
    return { verdict: 'repeat', last: records[after + events.length] as LogRecord };
  // A soft-deleted stream can be written again; its revisions continue.
  return known === 0 && expected === 'none' && log.isDeleted(stream) ? write : wrong;
}

/** Without an expected revision, the ids are searched in the whole stream. */
function repeatAnywhere(records: readonly LogRecord[], events: readonly ProposedEvent[]): Verdict | undefined {
  const found = events.map(({ id }) => records.findLast((record) => record.id === id));
  if (found.length === 0 || found[0] === undefined) return undefined;
  const last = found.at(-1);
  if (found.includes(undefined) || last === undefined)
    return { verdict: 'wrong-version', actual: records.at(-1)?.revision };
  return { verdict: 'repeat', last };
}
