import { commandMetrics } from '#commands';
import { createMetrics } from '#platform';

/** One for all processes of a test: each registry watches the event loop, for ever. */
export const metrics = commandMetrics(createMetrics('test'));
