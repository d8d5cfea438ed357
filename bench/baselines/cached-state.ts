import { setImmediate as nextTurn } from 'node:timers/promises';
import { stockAggregate, type Stock, type StockCommand } from '#domain';
import { eventIdOf } from '#commands';
import { codecOf, type EventStore, type NewEvent } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { createPool, migrate } from '#platform';
import { RecordedPurchases } from '../contenders/recorded-purchases.ts';
import type { OpenContender } from '../harness/contender.ts';
import { eachOf } from '../harness/each-of.ts';
import { StateCache } from './state-cache.ts';
import { Turns } from './turns.ts';

const triesMax = 1000;
/** Not Holdfast's, which counts its own purchases in the same store. */
const category = 'cached';

/**
 * Optimistic concurrency: decide on the state in memory and append with its revision; on conflict reload and retry. The
 * store has its own connections, so concurrency is limited to the same number of commands as with a pool.
 */
export const openCachedState: OpenContender = async ({ postgres, eventStore }, connections) => {
  if (eventStore === undefined) await migrateStore(postgres);
  const store = await connectEventStore(eventStore ?? postgres);
  const states = new StateCache(store);
  const purchases = await RecordedPurchases.in(store, category);
  const turns = new Turns(Array.from({ length: connections }, (_, turn) => turn));
  return {
    purchase: ({ id, item, customer }) =>
      turns.use(() => record(store, states, { id, item, commands: [purchaseOf(id, customer)] })),
    provide: async (items, quantity, purchasesBefore) => {
      await eachOf(items, async (item) => {
        const provide = { type: 'Provide', quantity, provideId: null } as const;
        const earlier = Array.from({ length: purchasesBefore }, () => purchaseOf(crypto.randomUUID(), 'earlier'));
        await record(store, states, { id: crypto.randomUUID(), item, commands: [provide, ...earlier] });
      });
    },
    recorded: () => purchases.count(),
    close: () => store.close(),
  };
};

function purchaseOf(purchaseId: string, customerId: string): StockCommand {
  return { type: 'Purchase', purchaseId, customerId, quantity: 1 };
}

interface Wanted {
  readonly id: string;
  readonly item: string;
  /** All events in one append, or none. */
  readonly commands: readonly StockCommand[];
}

async function record(store: EventStore, states: StateCache, { id, item, commands }: Wanted) {
  const stream = `${category}-${item}`;
  for (let tries = 0; tries < triesMax; tries++) {
    const known = await states.get(stream);
    const decided = decideAll(known.state, commands, id);
    if (decided === undefined) return 'rejected';
    const result = await store.append(stream, known.revision < 0 ? 'none' : known.revision, decided.events);
    if (result.outcome === 'already-done') return 'bought';
    if (result.outcome === 'appended') {
      states.put(stream, { state: decided.state, revision: result.revision });
      return 'bought';
    }
    await nextTurn();
    // If the conflicting append was made by this process, its state is already cached.
    if (states.peek(stream)?.revision === known.revision) await states.catchUp(stream);
  }
  throw new Error(`conflicts ${triesMax} times in a row`);
}

function decideAll(before: Stock, commands: readonly StockCommand[], id: string) {
  const at = Date.now();
  const metadata = { $correlationId: id, $causationId: id, commandId: id, userId: null, at };
  const events: NewEvent[] = [];
  let state = before;
  for (const command of commands) {
    const decision = stockAggregate.decide({ ...command, at }, state);
    if ('rejection' in decision) return undefined;
    for (const event of decision) {
      state = stockAggregate.evolve(state, event);
      events.push(codecOf(stockAggregate).encode(eventIdOf(id, events.length), event, metadata));
    }
  }
  return { events, state };
}

async function migrateStore(url: string): Promise<void> {
  const pool = createPool({ url, connectionsMax: 1, name: 'bench' });
  await migrate(pool, eventStoreMigrations);
  await pool.end();
}
