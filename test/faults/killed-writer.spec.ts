import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EventStore } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { compileCache, freshDatabase, type FreshDatabase } from '#dev/testing';
import { expectEachOnce, stockedPurchases, type Purchase } from './purchases.ts';

const purchaseCount = 1200;
const killsAtLeast = 6;
/** In answers: on the way to the last one, a writer dies some twelve times. */
const meanLife = purchaseCount / 12;
const inFlight = 128;

interface Answer {
  readonly commandId: string;
  readonly outcome: string;
}

/** A client that keeps so many purchases in flight with a writer process that it kills now and then. */
class Killer {
  readonly outcomes = new Map<string, string>();
  kills = 0;
  readonly #url: string;
  readonly #open: Map<string, Purchase>;
  readonly #killAfter: () => number;

  constructor(url: string, purchases: readonly Purchase[], killAfter: () => number) {
    this.#url = url;
    this.#open = new Map(purchases.map((purchase) => [purchase.commandId, purchase]));
    this.#killAfter = killAfter;
  }

  async run(): Promise<void> {
    while (this.#open.size > 0) await this.#oneLife();
  }

  /** From a start of the writer to its violent end, or to the last answer. */
  #oneLife(): Promise<void> {
    const args = ['--conditions=source', 'test/faults/writer-process.ts', this.#url];
    const writer = spawn(process.execPath, args, { env: { ...process.env, NODE_COMPILE_CACHE: compileCache } });
    const waiting = [...this.#open.values()];
    let unanswered = waiting.length;
    const send = (): void => {
      const next = waiting.shift();
      if (next !== undefined && writer.stdin.writable) writer.stdin.write(`${JSON.stringify(next)}\n`);
    };
    writer.stdin.on('error', () => undefined);
    for (let n = 0; n < inFlight; n++) send();
    let answersToLive = this.#killAfter();
    createInterface({ input: writer.stdout }).on('line', (line) => {
      this.#hear(JSON.parse(line) as Answer);
      send();
      answersToLive -= 1;
      unanswered -= 1;
      // Not all of its answers are that something is recorded: the rest is for the next.
      if (answersToLive === 0 || unanswered === 0) this.#kill(writer);
    });
    return new Promise((resolve) => writer.once('close', () => resolve()));
  }

  #hear({ commandId, outcome }: Answer): void {
    this.outcomes.set(commandId, outcome);
    if (outcome === 'recorded') this.#open.delete(commandId);
  }

  #kill(writer: ChildProcess): void {
    if (writer.exitCode === null) this.kills += 1;
    writer.kill('SIGKILL');
  }
}

describe('a writer that is killed under load', () => {
  let database: FreshDatabase;
  let store: EventStore;

  beforeAll(async () => {
    database = await freshDatabase(eventStoreMigrations);
    store = await PostgresEventStore.connect(database.url);
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  function anyMoment(): number {
    return 1 + Math.floor(Math.random() * meanLife * 2);
  }

  it('leaves each purchase recorded exactly once, however often it dies', async () => {
    const purchases = await stockedPurchases(store, purchaseCount, 4);
    const killer = new Killer(database.url, purchases, anyMoment);
    await killer.run();
    expect(killer.kills).toBeGreaterThanOrEqual(killsAtLeast);
    await expectEachOnce(store, purchases);
  });

  it('does so while another process writes the same streams', async () => {
    const purchases = await stockedPurchases(store, purchaseCount, 2);
    const killers = [0, 1].map((n) => {
      const own = purchases.filter((_, index) => Math.floor(index / 2) % 2 === n);
      return new Killer(database.url, own, anyMoment);
    });
    await Promise.all(killers.map((killer) => killer.run()));
    await expectEachOnce(store, purchases);
  });

  it('does so when clients of both processes ask for the same', async () => {
    const purchases = await stockedPurchases(store, purchaseCount / 4, 2);
    const killers = [0, 1].map(() => new Killer(database.url, purchases, anyMoment));
    await Promise.all(killers.map((killer) => killer.run()));
    await expectEachOnce(store, purchases);
  });
});
