import 'reflect-metadata';
import { createLogger, readConfig, stopOnSignal } from '#platform';
import { startProjector } from './projector.ts';

const config = readConfig(process.env, { port: 8083 });
const log = createLogger('projector', config);
const service = await startProjector(config, log);
stopOnSignal({ stop: service.stop, timeoutMs: config.stopTimeoutMs, log });
