import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writePrivate } from './write-private.ts';

const bytesOf = {
  tokenSecret: 32,
  idSecret: 32,
  staffPassword: 12,
  customerPassword: 12,
};

export type Secrets = Record<keyof typeof bytesOf, string>;

/** The secrets of the local stack, generated on the first start. */
export function localSecrets(path: string): Secrets {
  const known: Partial<Secrets> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const secret = (name: keyof Secrets): string => known[name] ?? randomBytes(bytesOf[name]).toString('base64url');
  const secrets: Secrets = {
    tokenSecret: secret('tokenSecret'),
    idSecret: secret('idSecret'),
    staffPassword: secret('staffPassword'),
    customerPassword: secret('customerPassword'),
  };
  writePrivate(path, { ...known, ...secrets });
  return secrets;
}
