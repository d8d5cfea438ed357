import type { Logger } from '#platform';
import type { HashAddress } from './address-hash.ts';

/** The events of the security log, with their messages. */
export const securityEvents = {
  'user.registered': 'a user registered',
  'user.admitted': 'a user of an outside issuer came for the first time',
  'user.erased': 'a user was erased',
  'login.succeeded': 'a user logged in',
  'login.rejected': 'a login failed',
  'login.throttled': 'a login was throttled: too many attempts',
  logout: 'a user logged out',
  'password.changed': 'a user changed their password',
  'password.rejected': 'a wrong current password was given',
  'password.throttled': 'a password change was throttled: too many attempts',
  'password.reset_made': 'a token to reset a password was made',
  'password.reset': 'a user reset their password',
  'password.set': 'the password of a user was set',
  'user.disabled': 'a user was disabled',
  'user.enabled': 'a disabled user was enabled',
  'role.given': 'a user was given a role',
  'refresh.reused': 'a refresh token was reused: the session was ended',
  'api_key.created': 'an API key was created',
  'api_key.revoked': 'an API key was revoked',
  'session.ended': 'a session was ended',
  'access.denied': 'a request was rejected: the role of the caller does not allow it',
} as const;

export type SecurityEvent = keyof typeof securityEvents;

export interface SecurityFacts {
  readonly userId?: string | undefined;
  /** The user who did it, if it is not about themselves. */
  readonly byUserId?: string;
  readonly sessionId?: string | undefined;
  readonly apiKeyId?: string | undefined;
  /** Only its hash is logged. */
  readonly address?: string | undefined;
  readonly role?: string;
  /** Who did it: the user, or an operator with the CLI. */
  readonly by?: 'user' | 'operator';
  readonly method?: string;
  readonly route?: string;
}

/** Writes the security log. Lines contain ids of users, but no personal data. */
export class SecurityLog {
  readonly #log: Logger;
  readonly #hash: HashAddress;

  constructor(log: Logger, hash: HashAddress) {
    this.#log = log;
    this.#hash = hash;
  }

  record(event: SecurityEvent, { address, ...facts }: SecurityFacts): void {
    const addressHash = address === undefined ? {} : { addressHash: this.#hash(address) };
    this.#log.info({ security: event, ...facts, ...addressHash }, securityEvents[event]);
  }
}
