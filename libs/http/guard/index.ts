export { Admission, type Admitted } from './admission.ts';
export {
  AuthGuard,
  bearerToken,
  callerOf,
  CurrentCaller,
  Public,
  Roles,
  SkipIdempotency,
  SkipRateLimit,
} from './auth.guard.ts';
export { recordDenials } from './denials.ts';
export { deadlineOf, Doorkeeper, idempotencyKeyOf, keepKeyUntil } from './doorkeeper.ts';
export { fingerprintKey, fingerprintOf } from './fingerprint.ts';
export type { KeyClaim } from './key-claim.ts';
export { LocalRateLimit } from './local-rate-limit.ts';
export { admissionMetrics } from './metrics.ts';
export { PublicRateLimit } from './public-rate-limit.ts';
export type { RateLimit, RateLimitRule } from './rate-limit.ts';
export { SharedRateLimit } from './shared-rate-limit.ts';
