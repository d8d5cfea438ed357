import { measureCore } from './orders/core.ts';
import { answer } from './projections/answer.ts';

await answer(measureCore);
