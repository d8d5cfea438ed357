/** What became of a probe: rejected with this status, or what the service saw, as `METHOD path body`. */
export type Outcome = { readonly rejected: number } | { readonly seen: readonly string[] };

/** Bytes that two programs may read differently, and the one reading that a gateway must give them. */
export interface Probe {
  readonly name: string;
  readonly bytes: string;
  readonly outcome: Outcome;
  /** Where nginx reads them otherwise, in a way that is as safe. */
  readonly nginx?: Outcome;
}

const hiddenRequest = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';

/** A request that would be read as a second one where a body is not framed. */
export const hidden = { bytes: hiddenRequest, length: Buffer.byteLength(hiddenRequest) };

export function request(line: string, headers: readonly string[], body = ''): string {
  return `${[`${line} HTTP/1.1`, 'Host: x', ...headers].join('\r\n')}\r\n\r\n${body}`;
}

export function chunked(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
}
