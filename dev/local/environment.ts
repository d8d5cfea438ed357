import { join } from 'node:path';
import { mark } from './orphans.ts';
import type { Secrets } from './secrets.ts';

export interface Addresses {
  database: string;
  redis: string;
  eventStore: string;
}

/** The environment of every program of the stack: settings of the caller override our defaults. */
export function environmentOf(addresses: Addresses, secrets: Secrets, state: string): NodeJS.ProcessEnv {
  return {
    HOLDFAST_LOG_FORMAT: 'json',
    HOLDFAST_TOKEN_SECRET: secrets.tokenSecret,
    HOLDFAST_ID_SECRET: secrets.idSecret,
    // The values used in the examples of the requirements.
    HOLDFAST_COMMON_PASSWORDS: 'allow',
    // Receivers under development run on this machine.
    HOLDFAST_WEBHOOK_PRIVATE_ADDRESSES: 'true',
    // The events themselves are shown to whoever tries the system.
    HOLDFAST_JOURNAL: 'true',
    // The gateway is one proxy.
    HOLDFAST_PROXY_HOPS: '1',
    // Shortens the start of the services by a fifth.
    NODE_COMPILE_CACHE: join(state, 'compile-cache'),
    ...process.env,
    ...mark(state),
    DATABASE_URL: addresses.database,
    REDIS_URL: addresses.redis,
    EVENTSTORE_URL: addresses.eventStore,
    // Only the gateway is exposed; HOLDFAST_HOST is its address.
    HOLDFAST_HOST: '127.0.0.1',
  };
}
