/** What the work below takes on the machine for which the bounds of tests are set. */
const referenceMs = 24;
const names = Array.from({ length: 25_000 }, (_, index) => `"${index.toString(36)}":1`);
const work = `{${names.join(',')}}`;

/**
 * How many times longer than on that machine work takes here and now, at least 1. A bound on a processor's time is for
 * what takes too much of it, not for a machine that is slow or shared: a test divides by this before it compares.
 */
export function slowness(): number {
  const before = process.threadCpuUsage();
  // More than once, since the system counts in steps of some milliseconds.
  for (let times = 0; times < 3; times++) JSON.parse(work);
  const { user, system } = process.threadCpuUsage(before);
  return Math.max(1, (user + system) / 1000 / referenceMs);
}
