import 'reflect-metadata';
import { createLogger, readConfig, stopOnSignal } from '#platform';
import { startQueryApi } from './query-api.ts';

const config = readConfig(process.env, { port: 8082 });
const log = createLogger('query-api', config);
const service = await startQueryApi(config, log);
stopOnSignal({ stop: service.stop, timeoutMs: config.stopTimeoutMs, log });
