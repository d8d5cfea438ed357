import 'reflect-metadata';
import { runService } from '#platform';
import { startProjector } from './projector.ts';

await runService('projector', 8083, startProjector);
