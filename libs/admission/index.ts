export { Admission, type Admitted, type Ask, type Pace, type Rate } from './admission.ts';
export { forgetKeysOf } from './forget-keys.ts';
export { fingerprintKey, fingerprintOf } from './fingerprint.ts';
export type { Answer, KeyClaim } from './keys.ts';
export { admissionMetrics } from './metrics.ts';
