import type { Caller } from '#auth';
import type { HoldLimits } from '#domain';
import { invalid } from '#http';
import type { Config } from '#platform';

type Settings = Pick<Config, 'openHoldsMax' | 'heldUnitsMax' | 'holdSecondsMax'>;

/** How much and for how long a caller may hold, where a stock has no limits of its own. Staff act for the shop. */
export class HoldAllowance {
  constructor(private readonly settings: Settings) {}

  limitsFor({ role }: Caller): HoldLimits {
    const { openHoldsMax, heldUnitsMax } = this.settings;
    return { openHoldsMax, heldUnitsMax: role === 'staff' || heldUnitsMax === 0 ? null : heldUnitsMax };
  }

  /** The time to live in milliseconds; throws when it is longer than the caller may ask for. */
  ttlMsFor({ role }: Caller, ttlSeconds: number): number {
    const max = this.settings.holdSecondsMax;
    if (role !== 'staff' && ttlSeconds > max) throw invalid('ttlSeconds', 'integer', { min: 1, max });
    return ttlSeconds * 1000;
  }
}
