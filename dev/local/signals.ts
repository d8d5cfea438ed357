/** One Ctrl-C is delivered twice, by the terminal and by npm. */
const repeatIgnoredMs = 1_000;

/** Stops on the first signal, and forcibly on a later one. */
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
  // The terminal may be closed, and writing to it must not abort the stop.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
