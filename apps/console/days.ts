/** Days and times as date fields have them: in the time zone of the browser. */
export function dayOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}

export function spanOf(day: string): { from: string; to: string } {
  return { from: new Date(`${day}T00:00`).toISOString(), to: new Date(`${dayAfter(day, 1)}T00:00`).toISOString() };
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

function two(value: number): string {
  return String(value).padStart(2, '0');
}
