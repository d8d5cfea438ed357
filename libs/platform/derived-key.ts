import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

const keyBytes = 32;

/** A key for one purpose alone: what it signs proves nothing about what another key of the same secret signs. */
export function derivedKey(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `holdfast ${purpose}`, keyBytes)));
}
