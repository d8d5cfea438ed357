import { Metadata, status, type ServerErrorResponse } from '@grpc/grpc-js';
import type { Expected } from './check-write.ts';
import type { Faults } from './faults.ts';

/** The errors of the server, with the trailers by which a client tells them apart. */
function rejection(code: status, details: string, trailers: Record<string, string> = {}): ServerErrorResponse {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

const notReady = () => rejection(status.UNAVAILABLE, 'Server Is Not Ready');
export const consumerTooSlow = () =>
  rejection(
    status.ABORTED,
    'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
  );
export const badRead = (details: string) => rejection(status.INVALID_ARGUMENT, details);
export const invalidPosition = () => badRead('Trying to read from an invalid position.');

export const streamDeleted = (stream: string) =>
  rejection(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const tooLarge = (bytesMax: number) =>
  rejection(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytesMax} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytesMax),
  });

// How the server encodes special expected revisions.
const codeOf = { none: -1, any: -2, exists: -4 };

export const wrongVersion = (stream: string, expected: Expected, actual: number | undefined) =>
  rejection(status.FAILED_PRECONDITION, '', {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(typeof expected === 'number' ? expected : codeOf[expected]),
    ...(actual === undefined ? {} : { 'actual-version': String(actual) }),
  });

/** The error of a node that does not serve: it is starting, or not the leader. */
export function unavailability(
  { booting, leaderElsewhere }: Faults,
  headers: Metadata,
): ServerErrorResponse | undefined {
  if (booting) return notReady();
  if (leaderElsewhere === undefined || headers.get('requires-leader')[0] !== 'true') return undefined;
  if (leaderElsewhere === 'unknown') return rejection(status.UNKNOWN, 'No leader info available in response');
  return rejection(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leaderElsewhere.host,
    'leader-endpoint-port': String(leaderElsewhere.port),
  });
}
