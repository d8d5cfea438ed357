/** Days and times as date fields have them: in the time zone of the browser. */
function dayOf(date: Date): string {
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day that an address names; today, if it names none. */
export function dayIn(query: URLSearchParams): string {
  const day = query.get('day') ?? '';
  return isDay(day) ? day : dayOf(new Date());
}

export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00`);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}

export function spanOf(day: string): { from: string; to: string } {
  const from = new Date(`${day}T00:00`);
  const to = new Date(from);
  to.setDate(to.getDate() + 1);
  // There are days that do not begin at midnight.
  to.setHours(0, 0, 0, 0);
  return { from: from.toISOString(), to: to.toISOString() };
}

/** For a field of date and time, whose step has to be one second; empty for no time. */
export function fieldTimeOf(at: string | number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  return `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Of a field of date and time; null if it is empty. */
export function instantOf(fieldTime: string): string | null {
  return fieldTime === '' ? null : new Date(fieldTime).toISOString();
}

/** Of a field that began with a time: that one, which may be more exact, for as long as the field shows it. */
export function instantSince(began: string | null, fieldTime: string): string | null {
  const instant = instantOf(fieldTime);
  return instant === instantOf(fieldTimeOf(began)) ? began : instant;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
