export {
  AuthGuard,
  callerOf,
  CurrentCaller,
  LimitBySession,
  Public,
  Roles,
  SkipIdempotency,
  StaffMayAsk,
} from './auth.guard.ts';
export { recordDenials } from './denials.ts';
export { bearerToken, Callers } from './identify.ts';
export { fingerprintKey, fingerprintOf } from './fingerprint.ts';
export { deadlineOf, type GuardedRequest } from './guarded-request.ts';
export { IdempotencyKeys, idempotencyKeyOf, keepKeyUntil } from './idempotency-keys.ts';
export type { KeyClaim } from './key-claim.ts';
export { LocalRateLimit } from './local-rate-limit.ts';
export { createGuardMetrics } from './metrics.ts';
export { PublicRateLimit } from './public-rate-limit.ts';
export type { RateLimit, RateLimitRule } from './rate-limit.ts';
export { RequestChecks, type CheckResult } from './request-checks.ts';
export { SharedRateLimit } from './shared-rate-limit.ts';
