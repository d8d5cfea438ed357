type Instant = string | number | Date;

export type Formats = ReturnType<typeof formatsOf>;

/** Numbers and times as the language writes them. Times are those of the browser's time zone. */
export function formatsOf(language: string) {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const price = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const shortTime = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const preciseMoment = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
  const day = new Intl.DateTimeFormat(language, { weekday: 'short', month: 'short', day: 'numeric' });
  const unit = (name: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 });
  const units = {
    millisecond: unit('millisecond'),
    second: unit('second'),
    minute: unit('minute'),
    hour: unit('hour'),
    day: unit('day'),
  };
  const duration = (seconds: number) => {
    if (seconds < 60) return units.second.format(seconds);
    if (seconds < 3_600) return units.minute.format(seconds / 60);
    return seconds < 86_400 ? units.hour.format(seconds / 3_600) : units.day.format(seconds / 86_400);
  };
  return {
    number: (value: number) => whole.format(value),
    decimal: (value: number) => decimal.format(value),
    /** Of minor units, such as cents: the API knows no currency. */
    price: (minorUnits: number) => price.format(minorUnits / 100),
    percent: (share: number) => percent.format(share),
    time: (at: Instant) => time.format(new Date(at)),
    shortTime: (at: Instant) => shortTime.format(new Date(at)),
    moment: (at: Instant) => moment.format(new Date(at)),
    preciseMoment: (at: Instant) => preciseMoment.format(new Date(at)),
    day: (at: Instant) => day.format(new Date(at)),
    duration,
    milliseconds: (ms: number) => (ms < 1_000 ? units.millisecond.format(ms) : duration(ms / 1_000)),
    /** Minutes and seconds, for a countdown. */
    clock: (seconds: number) => {
      const left = Math.max(0, Math.ceil(seconds));
      return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    },
  };
}
