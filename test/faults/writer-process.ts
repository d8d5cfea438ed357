// A process that writes: takes purchases as lines of JSON, and says which of them it can vouch for. Made to be killed.
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { stockAggregate } from '#domain';
import { commandMetrics, CommandRuntime } from '#commands';
import { connectEventStore } from '#event-store/connect';
import { createMetrics } from '#platform';
import type { Purchase } from './purchases.ts';

// It does not live to its end, when the cache is written otherwise.
flushCompileCache();

const store = await connectEventStore(process.argv[2] ?? '');
const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('writer')) });

for await (const line of createInterface({ input: process.stdin })) {
  const { commandId, stream } = JSON.parse(line) as Purchase;
  const command = { type: 'Purchase', purchaseId: commandId, customerId: 'ann', quantity: 1 } as const;
  const context = { commandId, correlationId: 'fault', userId: 'ann', deadline: Date.now() + 5000 };
  runtime.execute(stockAggregate, stream, command, context).then(
    ({ outcome }) => process.stdout.write(`${JSON.stringify({ commandId, outcome })}\n`),
    (error: Error) => process.stdout.write(`${JSON.stringify({ commandId, outcome: error.name })}\n`),
  );
}
