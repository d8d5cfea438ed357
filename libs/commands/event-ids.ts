import { hash } from 'node:crypto';

/** The id of a repeatable command, derived from the caller and the Idempotency-Key. */
export function commandIdOf(userId: string, idempotencyKey: string): string {
  return uuidOf(`command\n${userId}\n${idempotencyKey}`);
}

/** The same command produces the same event ids, so that the store recognises a repeat. */
export function eventIdOf(commandId: string, index: number): string {
  return index === 0 ? commandId : uuidOf(`${commandId}\n${index}`);
}

/** A UUID of version 8 (RFC 9562: custom), here made from a SHA-256. */
function uuidOf(name: string): string {
  const hex = hash('sha256', name, 'hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
