import { status, type ServiceError } from '@grpc/grpc-js';
import { StoreUnavailable } from '../errors.ts';
import type { Endpoint } from './address.ts';

// Status codes caused by the connection or the server, not by the request.
const outages = new Set([
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.CANCELLED,
  status.ABORTED,
  status.RESOURCE_EXHAUSTED,
  status.INTERNAL,
  status.UNKNOWN,
]);

/** Translates the error of a failed read. */
export function readFailure(error: unknown): unknown {
  if (!isServiceError(error)) return error;
  if (outages.has(error.code) || leaderNamedBy(error) !== undefined) {
    return new StoreUnavailable(`EventStoreDB did not answer: ${error.details}`, { cause: error });
  }
  return new Error(`EventStoreDB rejected the request: ${error.details}`, { cause: error });
}

/** Whether the connection must be replaced, to the same server or to the current leader. */
export function spoilsConnection(error: unknown): boolean {
  return isServiceError(error) && (outages.has(error.code) || leaderNamedBy(error) !== undefined);
}

/** The address of the leader, from the answer of a node that is not the leader. */
export function leaderNamedBy(error: unknown): Endpoint | undefined {
  if (!isServiceError(error) || exceptionOf(error) !== 'not-leader') return undefined;
  const [address, port] = ['leader-endpoint-host', 'leader-endpoint-port'].map((key) => error.metadata.get(key)[0]);
  return address === undefined ? undefined : { address: String(address), port: Number(port) };
}

export function isInvalidPosition(error: unknown): boolean {
  return isServiceError(error) && error.code === status.INVALID_ARGUMENT && error.details.includes('invalid position');
}

function exceptionOf({ metadata }: ServiceError): string | undefined {
  return metadata?.get('exception')[0]?.toString();
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;
}
