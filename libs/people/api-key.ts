import { SignedSecrets } from './signed-secrets.ts';
import type { Role } from './user.ts';

/** `service` acts for customers; the others act as a user of their own. */
export const apiKeyRoles = ['customer', 'staff', 'service'] as const satisfies readonly (Role | 'service')[];
export type ApiKeyRole = (typeof apiKeyRoles)[number];

/** What is shown of an API key. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: ApiKeyRole;
  /** The user of its own that it acts as; null for the role service. */
  readonly userId: string | null;
  readonly createdAt: Date;
  /** null if it does not expire. */
  readonly expiresAt: Date | null;
  /** To the minute; null if it was never used. */
  readonly lastUsedAt: Date | null;
}

export const apiKeyColumns = `id, name, role, user_id as "userId", created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt"`;

const prefix = 'hf_key_';

/** An access token never begins like this. */
export function isApiKey(bearer: string): boolean {
  return bearer.startsWith(prefix);
}

export function apiKeySecrets(secret: string): SignedSecrets {
  return new SignedSecrets(secret, 'API keys', prefix);
}
