import { ConfigurationError, readConfig, type Config } from './config/read-config.ts';
import { stopOnSignal } from './graceful-stop.ts';
import { createLogger, logWarnings, type Logger } from './logging.ts';

export interface RunningService {
  /** Rejects if the service cannot run with its configuration, whenever that is detected. */
  readonly startup: Promise<unknown>;
  stop(): Promise<void>;
}

/** Runs a service until a signal stops it. An invalid configuration is reported in one line, with exit code 1. */
export async function runService(
  name: string,
  port: number,
  start: (config: Config, log: Logger) => Promise<RunningService>,
): Promise<void> {
  const config = configuration(port);
  const log = createLogger(name, config);
  logWarnings(log);
  const service = await start(config, log);
  const isStopping = stopOnSignal({ stop: () => service.stop(), timeoutMs: config.stopTimeoutMs, log });
  service.startup.catch((error: unknown) => {
    if (isStopping()) return;
    if (error instanceof ConfigurationError) log.fatal(error.message);
    else log.fatal({ err: error }, 'the start failed');
    process.exit(1);
  });
}

function configuration(port: number): Config {
  try {
    return readConfig(process.env, { port });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
