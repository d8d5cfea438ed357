import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const secretBytes = 32;

/** A secret as its owner sees it: the specification allows 24 to 64 bytes. */
export function newSecret(): string {
  return `${prefix}${randomBytes(secretBytes).toString('base64')}`;
}

export interface Signed {
  readonly id: string;
  /** Of the attempt, in milliseconds since 1970. */
  readonly at: number;
  readonly body: string;
}

export type SignatureHeaders = Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>>;

/** The headers of Standard Webhooks 1.0.0, with a signature for each valid secret. */
export function signatureHeaders({ id, at, body }: Signed, secrets: readonly string[]): SignatureHeaders {
  const seconds = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => `v1,${signatureOf(`${id}.${seconds}.${body}`, secret)}`);
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}

function signatureOf(content: string, secret: string): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  return createHmac('sha256', key).update(content).digest('base64');
}
