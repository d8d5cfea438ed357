import { createHmac } from 'node:crypto';
import { derivedKey } from '#platform';
import { networkOf } from './network.ts';

/** Replaces the network of an address wherever it is stored or logged. */
export type HashAddress = (address: string) => string;

const hashLength = 22;

/** Keyed, because all IPv4 addresses can be tried. */
export function addressHash(secret: string): HashAddress {
  const key = derivedKey(secret, 'addresses');
  return (address) => createHmac('sha256', key).update(networkOf(address)).digest('base64url').slice(0, hashLength);
}
