import { randomInt, randomUUID } from 'node:crypto';
import { itemStock, mainInventory, stockStream } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { HoldIds } from '#ids';
import { call, startSystem, until, type RunningSystem, type Service } from '#dev/testing';
import { storeOf } from './event-stores.ts';
import { chooseLend, renewalsMax } from './linearizable/choose-lend.ts';
import { Client, type Person } from './linearizable/client.ts';
import type { Operation } from './linearizable/history.ts';
import { HotStock } from './linearizable/hot-stock.ts';
import { registered, staffOf } from './linearizable/persons.ts';
import { Random } from './linearizable/random.ts';
import { violationsOf } from './linearizable/violations.ts';

const items = 5;
const unitsEach = 40;
const persons = 20;
const clientsEach = 7;
const stepsEach = 6;
const kills = 2;
/** In answers, from one killing to the next. */
const answersToLive = 250;
const loadMsMax = 120_000;
const violationsShown = 10;
const outcomesWanted = [
  'adjust accepted',
  'provide accepted',
  'hold accepted',
  'lend accepted',
  'lend INSUFFICIENT_STOCK',
  'lend unknown',
  'lend-held accepted',
  'lend-held HOLD_EXPIRED',
  'renew accepted',
  'return accepted',
  'return ALREADY_RETURNED',
  'return MORE_THAN_LENT',
  'return LEND_NOT_FOUND',
];

describe.each(['PostgreSQL', 'EventStoreDB'] as const)(
  'many lends of the same items at once, with events in %s,',
  (kind) => {
    let place: Awaited<ReturnType<typeof storeOf>>;
    let system: RunningSystem;
    let store: EventStore;
    let processes: Service[];
    let origins: [string, string];
    let staff: Person;
    let people: Person[];
    let stocks: HotStock[];

    beforeAll(async () => {
      place = await storeOf(kind);
      system = await startSystem({
        HOLDFAST_WRITES_PER_MINUTE_MAX: '0',
        HOLDFAST_LOG_LEVEL: 'error',
        // The keys of a process that was killed are free again so much sooner.
        HOLDFAST_REQUEST_TIMEOUT_MS: '3000',
        ...place.settings,
      });
      store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
      processes = [system.commandApi, await system.start('command-api')];
      origins = [system.commandApi.url, processes[1]?.url ?? ''];
      staff = await staffOf(system);
      people = await Promise.all(
        Array.from({ length: persons - 1 }, (_, n) => registered(system, `customer${n}@example.com`)),
      );
      await write('PATCH', `/inventories/${mainInventory}`, { lends: true, takesProvides: true, renewalsMax });
      const { body: shed } = await write('POST', '/inventories', { name: 'Shed', renewalsMax });
      stocks = [];
      for (let n = 0; n < items; n++) {
        await write('POST', '/products', { id: `item${n}`, name: 'x', price: 1 });
        for (const inventoryId of [mainInventory, shed.inventory_id])
          stocks.push(await hotStock(`item${n}`, inventoryId));
      }
    });

    afterAll(async () => {
      await store.close();
      await system.stop();
      await place.close();
    });

    function write(method: string, path: string, body: object) {
      const headers = { 'idempotency-key': randomUUID() };
      return call(`${origins[0]}${path}`, { method, body, token: staff.token, headers });
    }

    async function hotStock(id: string, inventoryId: number): Promise<HotStock> {
      const units = { delta: unitsEach, reason: 'opening', inventory_id: inventoryId };
      await write('POST', `/stock/${id}/adjustments`, units);
      const holdIds = new HoldIds(system.env['HOLDFAST_ID_SECRET'] ?? '');
      return new HotStock(`/items/${id}`, stockStream(itemStock(id, inventoryId)), holdIds, inventoryId);
    }

    /** Kills one after the other, in the middle of it all, and starts another in its place. */
    async function killSome(): Promise<void> {
      const answered = () => stocks.reduce((sum, { operations }) => sum + operations.length, 0);
      for (let killed = 0; killed < kills; killed++) {
        await until(answered, (count) => count >= (killed + 1) * answersToLive, loadMsMax);
        const at = killed % processes.length;
        processes[at]?.child.kill();
        const successor = await system.start('command-api');
        processes[at] = successor;
        origins[at] = successor.url;
      }
    }

    it('come from stocks that do one thing after the other, lend no unit twice, and take each back once', async () => {
      const seed = randomInt(2 ** 32);
      const around = {
        stocks: stocks as [HotStock, ...HotStock[]],
        choose: chooseLend,
        areKilled: true,
        origins,
        clock: { ticks: 0 },
      };
      const all = [...people, staff].flatMap((person) => Array.from({ length: clientsEach }, () => person));
      const clients = all.map((person, n) => new Client(person, new Random(seed + n), around));
      await Promise.all([...clients.map((client) => client.run(stepsEach)), killSome()]);
      const seen = new Set<string>();
      for (const stock of stocks) {
        const { stream } = stock;
        const events = await stock.recorded(store);
        const violations = violationsOf({ operations: stock.operations, events }).slice(0, violationsShown);
        expect({ seed, stream, violations }).toEqual({ seed, stream, violations: [] });
        for (const outcome of stock.operations.map(outcomeOf)) seen.add(outcome);
      }
      const verified = await system.cli(['projections', 'verify', '--all']);
      expect({ exitCode: verified.exitCode, ...(verified.exitCode === 0 ? {} : verified) }).toEqual({ exitCode: 0 });
      // Else it was all too easy.
      expect(outcomesWanted.filter((outcome) => !seen.has(outcome))).toEqual([]);
    });
  },
);

function outcomeOf({ ask, answer }: Operation): string {
  const outcome = answer === undefined ? 'unknown' : 'rejected' in answer ? answer.rejected : 'accepted';
  return `${ask.type} ${outcome}`;
}
