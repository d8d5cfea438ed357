export { Admission, type Admitted, type Ask } from './admission.ts';
export { forgetKeysOf } from './forget-keys.ts';
export { fingerprintKey, fingerprintOf } from './fingerprint.ts';
export type { Answer, KeyClaim } from './keys.ts';
export { LocalRateLimit } from './local-rate-limit.ts';
export { admissionMetrics, type AdmissionMetrics } from './metrics.ts';
export type { Pace, Rate, RateLimit } from './rate.ts';
export { SharedRateLimit } from './shared-rate-limit.ts';
