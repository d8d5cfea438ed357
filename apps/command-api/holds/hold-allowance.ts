import type { HoldLimits, Rejected } from '#domain';
import type { Config } from '#platform';
import { rejectField, type FieldRejection, type UseCaseContext } from '#use-cases';

type Settings = Pick<Config, 'openHoldsMax' | 'heldUnitsMax' | 'holdSecondsMax'>;
type Asker = Pick<UseCaseContext, 'role'>;

export type HoldForTooLong = FieldRejection<'integer', { readonly min: number; readonly max: number }>;

/** How much and for how long a caller may hold, where a stock has no limits of its own. Staff act for the shop. */
export class HoldAllowance {
  constructor(private readonly settings: Settings) {}

  limitsFor({ role }: Asker): HoldLimits {
    const { openHoldsMax, heldUnitsMax } = this.settings;
    return { openHoldsMax, heldUnitsMax: role === 'staff' || heldUnitsMax === 0 ? null : heldUnitsMax };
  }

  /** The time to live, unless it is longer than the caller may ask for. */
  ttlFor({ role }: Asker, ttlSeconds: number): { readonly ttlMs: number } | Rejected<HoldForTooLong> {
    const { holdSecondsMax: max } = this.settings;
    if (role !== 'staff' && ttlSeconds > max) return rejectField('ttlSeconds', 'integer', { min: 1, max });
    return { ttlMs: ttlSeconds * 1000 };
  }
}
