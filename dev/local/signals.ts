/** One Ctrl-C arrives twice, from the terminal and from npm. */
const repeatIgnoredMs = 1_000;

/** Stops on the first signal, and by force on one that comes later. */
export function onStopSignals(stop: () => void, force: () => void): void {
  let firstAt: number | undefined;
  const onSignal = (): void => {
    const now = Date.now();
    if (firstAt === undefined) {
      firstAt = now;
      stop();
    } else if (now - firstAt > repeatIgnoredMs) {
      force();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // The terminal may be gone, and what we still say must not end us in the middle of the stop.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
