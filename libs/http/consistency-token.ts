import { isPosition, type Position } from '#event-store';
import { problem } from './errors/problem.ts';

export const consistencyHeader = 'consistency-token';

/** What a command recorded, and where: a query that sends it back sees that write. */
export interface ConsistencyToken {
  readonly position: Position;
  readonly stream: string;
}

export function encodeToken({ position, stream }: ConsistencyToken): string {
  return Buffer.from(`${position} ${stream}`).toString('base64url');
}

export function decodeToken(text: string): ConsistencyToken {
  const [position = '', stream = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  if (!isPosition(position) || stream === '') throw problem('TOKEN_FOREIGN');
  return { position, stream };
}
