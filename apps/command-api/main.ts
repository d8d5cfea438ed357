import 'reflect-metadata';
import { createLogger, readConfig, stopOnSignal } from '#platform';
import { startCommandApi } from './command-api.ts';

const config = readConfig(process.env, { port: 8081 });
const log = createLogger('command-api', config);
const service = await startCommandApi(config, log);
stopOnSignal({ stop: service.stop, timeoutMs: config.stopTimeoutMs, log });
