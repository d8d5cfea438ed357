import 'reflect-metadata';
import { runService } from '#platform';
import { startCommandApi } from './command-api.ts';

await runService('command-api', 8081, startCommandApi);
