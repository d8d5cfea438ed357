import 'reflect-metadata';
import { runService } from '#platform';
import { startQueryApi } from './query-api.ts';

await runService('query-api', 8082, startQueryApi);
