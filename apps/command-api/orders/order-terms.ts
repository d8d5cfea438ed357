import type { PaymentMethod, SubmitOrder } from '#domain';
import type { Config } from '#platform';

type Settings = Pick<Config, 'shippingFreeFrom' | 'shippingFee' | 'orderPaymentMinutes' | 'orderTimeZone'>;

/** What the shop asks for: shipping, time to pay, and the day that is in order numbers. */
export class OrderTerms {
  readonly #settings: Settings;
  readonly #dates: Intl.DateTimeFormat;
  #latest = { minute: Number.NaN, day: '' };

  constructor(settings: Settings) {
    this.#settings = settings;
    // Sweden writes dates as ISO 8601 does.
    this.#dates = new Intl.DateTimeFormat('sv', { timeZone: settings.orderTimeZone });
  }

  /** An order without a payment method does not ship. */
  of(paymentMethod: PaymentMethod | null): Pick<SubmitOrder, 'paymentMethod' | 'shipping' | 'payWithinMs'> {
    const { shippingFreeFrom: freeFrom, shippingFee: fee, orderPaymentMinutes } = this.#settings;
    const payWithinMs = orderPaymentMinutes === 0 ? null : orderPaymentMinutes * 60_000;
    return { paymentMethod, shipping: paymentMethod === null ? null : { freeFrom, fee }, payWithinMs };
  }

  /** Year, month and day in the time zone of the shop. */
  today(now = Date.now()): string {
    // A day begins with a minute in every time zone.
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#latest.minute) this.#latest = { minute, day: this.#dates.format(now) };
    return this.#latest.day;
  }
}
