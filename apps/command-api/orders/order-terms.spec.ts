import { OrderTerms } from './order-terms.ts';

const settings = { shippingFreeFrom: 1000, shippingFee: 60, orderPaymentMinutes: 0, orderTimeZone: 'Asia/Taipei' };
const terms = (more: Partial<typeof settings> = {}) => new OrderTerms({ ...settings, ...more });

describe('the terms of an order', () => {
  it('are the shipping rates, for an order that is paid for here and shipped', () => {
    for (const paymentMethod of ['credit_card', 'atm', 'cod'] as const) {
      const shipping = { freeFrom: 1000, fee: 60 };
      expect(terms().of(paymentMethod)).toEqual({ paymentMethod, shipping, payWithinMs: null });
    }
    expect(terms().of(null)).toEqual({ paymentMethod: null, shipping: null, payWithinMs: null });
    expect(terms({ shippingFreeFrom: 0, shippingFee: 5 }).of('cod').shipping).toEqual({ freeFrom: 0, fee: 5 });
  });

  it('are the time to pay, if there is a limit', () => {
    expect(terms({ orderPaymentMinutes: 30 }).of('atm').payWithinMs).toBe(1_800_000);
  });

  it('are the day of the shop, which changes at midnight in its time zone', () => {
    const midnight = Date.UTC(2025, 10, 30, 16);
    expect(terms().today(midnight - 1)).toBe('2025-11-30');
    expect(terms().today(midnight)).toBe('2025-12-01');
    expect(terms({ orderTimeZone: 'UTC' }).today(midnight)).toBe('2025-11-30');
    const inNewYork = terms({ orderTimeZone: 'America/New_York' });
    // In winter five hours behind, in summer four.
    expect(inNewYork.today(Date.UTC(2026, 0, 1, 5) - 1)).toBe('2025-12-31');
    expect(inNewYork.today(Date.UTC(2026, 0, 1, 5))).toBe('2026-01-01');
    expect(inNewYork.today(Date.UTC(2026, 6, 1, 4) - 1)).toBe('2026-06-30');
    expect(inNewYork.today(Date.UTC(2026, 6, 1, 4))).toBe('2026-07-01');
    const inKathmandu = terms({ orderTimeZone: 'Asia/Kathmandu' });
    expect(inKathmandu.today(Date.UTC(2026, 0, 1, 18, 15) - 1)).toBe('2026-01-01');
    expect(inKathmandu.today(Date.UTC(2026, 0, 1, 18, 15))).toBe('2026-01-02');
  });

  it('are of today unless another time is given', () => {
    const utc = terms({ orderTimeZone: 'UTC' });
    const [before, today, after] = [new Date(), utc.today(), new Date()];
    expect([before, after].map((time) => time.toISOString().slice(0, 10))).toContain(today);
  });
});
