/**
 * Browsers open six connections to an origin, and a stream keeps one of them: so a tab has one stream, and the one
 * before ends when another begins.
 */
let present: AbortController | undefined;

export function beginStream(): AbortSignal {
  present?.abort();
  present = new AbortController();
  return present.signal;
}

export function endStream(signal: AbortSignal): void {
  if (present?.signal === signal) {
    present.abort();
    present = undefined;
  }
}
