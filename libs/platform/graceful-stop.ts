import type { Logger } from 'pino';

export interface StopOptions {
  readonly stop: () => Promise<void>;
  readonly timeoutMs: number;
  readonly log: Logger;
}

const repeatIgnoredMs = 1000;

/**
 * Stops on SIGTERM or SIGINT, within a time limit. Two signals at once count as one, because a terminal and npm both
 * deliver Ctrl-C; a later one exits immediately. Returns a function that tells whether the process is stopping.
 */
export function stopOnSignal({ stop, timeoutMs, log }: StopOptions): () => boolean {
  let firstAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = Date.now();
    if (firstAt !== undefined) {
      if (now - firstAt > repeatIgnoredMs) process.exit(130);
      return;
    }
    firstAt = now;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ timeoutMs }, 'the stop timed out; exiting');
      process.exit(1);
    }, timeoutMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return () => firstAt !== undefined;
}
