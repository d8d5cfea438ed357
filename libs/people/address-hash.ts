import { createHmac } from 'node:crypto';
import { derivedKey } from '#platform';
import { networkOf } from './network.ts';

/** Stands for the network of an address wherever it is kept or logged. */
export type HashAddress = (address: string) => string;

const hashLength = 22;

/** Keyed: there are few enough IPv4 addresses to try them all. */
export function addressHash(secret: string): HashAddress {
  const key = derivedKey(secret, 'addresses');
  return (address) => createHmac('sha256', key).update(networkOf(address)).digest('base64url').slice(0, hashLength);
}
