import { commandMigrations } from '#commands/migrations';
import { unitsMax, type StockCommand, type TransferStatus } from '#domain';
import type { EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { eventStoreMigrations } from '#event-store/postgres';
import { authMigrations } from '#people';
import { Turns } from '#platform';
import { WireDouble } from '#dev/event-store-double';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { faults, StoppingStore, type Fault } from './orders/stopping-store.ts';
import { Mover, owner, recordedOf, requestOf, source, target } from './transfers/mover.ts';

const inTimeMs = 10_000;
/** How long a request waits for an append that does not come back. */
const patienceMs = 400;
const atOnceMax = 8;
const quantity = 3;

/** A transfer of three units, and what it comes to when nobody changes the stocks meanwhile. */
interface Request {
  readonly name: string;
  /** Appends of the request, when nothing fails. */
  readonly appends: number;
  readonly end: TransferStatus;
  /** Units in the two stocks. */
  readonly units: readonly [source: number, target: number];
  /** What would make it end otherwise, if any of its stocks decided anew. */
  readonly changes: readonly (readonly [inventoryId: number, command: StockCommand])[];
}

const provide = { type: 'Provide', quantity: 5, provideId: null } as const;
const buy = { type: 'Purchase', purchaseId: 'p', customerId: 'bob', quantity: 5 } as const;

const requests: readonly Request[] = [
  { name: 'completed', appends: 4, end: 'completed', units: [7, 1], changes: [[source, buy]] },
  { name: 'rejected by its source', appends: 3, end: 'rejected', units: [2, 1], changes: [[source, provide]] },
  {
    name: 'rejected by its target',
    appends: 5,
    end: 'rejected',
    units: [7, unitsMax],
    changes: [
      [target, { type: 'Adjust', delta: -5, reason: 'broken' }],
      [source, buy],
    ],
  },
];

/** What another process does meanwhile: the same request, or what was left of it. Before that, the stocks may change. */
const ways = ['retry', 'change, then retry', 'change, then finish'] as const;
type GoesOn = (typeof ways)[number];

describe.each(['PostgreSQL', 'EventStoreDB'] as const)('a transfer, with events in %s,', (kind) => {
  let database: FreshDatabase;
  let double: WireDouble | undefined;
  let store: EventStore;
  let sound: Mover;
  let made = 0;

  beforeAll(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...commandMigrations, ...authMigrations]);
    double = kind === 'EventStoreDB' ? await WireDouble.start() : undefined;
    store = await connectEventStore(double?.url ?? database.url);
    sound = start();
    await sound.open(source, owner);
    await sound.open(target, 'user_bob');
  });

  afterAll(async () => {
    await store.close();
    await double?.stop();
    await database.drop();
  });

  function start(on: EventStore = store): Mover {
    return new Mover(on, database.pool);
  }

  async function newItem([inSource, inTarget]: Request['units']): Promise<string> {
    const itemId = `t${(made += 1)}`;
    await sound.createItem(itemId);
    await sound.change(itemId, source, { ...provide, quantity: inSource });
    await sound.change(itemId, target, { ...provide, quantity: inTarget });
    return itemId;
  }

  /** Asks a process that fails in one append, then goes on with another. */
  async function failing(request: Request, fault: Fault | undefined, at: number, goesOn: GoesOn) {
    const itemId = await newItem(request.units);
    const { commandId } = requestOf(0);
    const transferId = await sound.numberOf(requestOf(0, commandId));
    const repeat = () => start().move(itemId, quantity, requestOf(inTimeMs, commandId));
    const connection = new StoppingStore(store, fault, at, async () => void (await repeat()));
    const comesBack = fault !== 'held up' && fault !== 'killed before' && fault !== 'killed after';
    const context = requestOf(comesBack ? inTimeMs : patienceMs, commandId);
    const answers: unknown[] = [];
    const answer = start(connection.store)
      .move(itemId, quantity, context)
      .then(
        (first) => void answers.push(first),
        () => undefined,
      );
    await Promise.race([answer, connection.stopped]);
    let removed = 0;
    if (goesOn.startsWith('change')) {
      for (const [inventoryId, command] of request.changes) {
        const before = await sound.total(itemId, inventoryId);
        await sound.change(itemId, inventoryId, command);
        removed += before - (await sound.total(itemId, inventoryId));
      }
    }
    if (goesOn.endsWith('finish')) await start().finish(transferId);
    else answers.push(await repeat());
    await connection.release();
    if (fault === 'stopped') await answer;
    await sound.finish(transferId);
    const end = goesOn === 'retry' ? request.end : undefined;
    const wrong = await faultsOf({ request, itemId, transferId, removed, answers, end });
    return { appends: connection.appends, wrong };
  }

  interface Outcome {
    readonly request: Request;
    readonly itemId: string;
    readonly transferId: number;
    /** Units that left the stocks otherwise. */
    readonly removed: number;
    readonly answers: readonly unknown[];
    /** What it must have come to, if that is certain. */
    readonly end: TransferStatus | undefined;
  }

  /** What is wrong with the transfer and its stocks; nothing if nothing is. */
  async function faultsOf({ request, itemId, transferId, removed, answers, end }: Outcome): Promise<readonly string[]> {
    const { status } = await sound.transfer(transferId);
    const [inSource, inTarget] = [await sound.total(itemId, source), await sound.total(itemId, target)];
    const wrong: string[] = [];
    if (end !== undefined && status !== end) wrong.push(`it is ${status}, not ${end}`);
    if (status === 'pending') wrong.push('it is still pending');
    const units = request.units[0] + request.units[1];
    if (inSource + inTarget + removed !== units) wrong.push(`of ${units} units, ${inSource} and ${inTarget} are left`);
    const moved = status === 'completed' ? quantity : 0;
    const left = request.units[0] - inSource - (request.end === 'rejected' && removed < 0 ? removed : 0);
    if (left !== moved) wrong.push(`${status}, and ${left} units have left`);
    const types = await recordedOf(store, itemId, transferId);
    if (new Set(types).size !== types.length) wrong.push(`recorded ${types.join(', ')}`);
    for (const answer of answers) {
      const told = JSON.stringify(answer);
      const isRejected = told.includes('"rejection"');
      if (isRejected && status !== 'rejected') wrong.push(`it is ${status}, and the answer was ${told}`);
      if (told.includes('"completed"') && status !== 'completed') wrong.push(`it is ${status}, answered with ${told}`);
    }
    return wrong;
  }

  describe.each(requests)('that is to be $name', (request) => {
    it(`takes ${request.appends} appends, in each of which a process may fail`, async () => {
      expect(await failing(request, undefined, 0, 'retry')).toEqual({ appends: request.appends, wrong: [] });
    });

    it.each(faults)('moves its units once, or not at all, whichever append fails: %s', async (fault) => {
      const turns = new Turns({ runningMax: atOnceMax, waitingMax: 1000, rejection: Error });
      const points = Array.from({ length: request.appends }, (_, index) => index + 1);
      const runs = points.flatMap((at) => ways.map((goesOn) => ({ at, goesOn })));
      const outcomes = runs.map(async ({ at, goesOn }) => {
        const { wrong } = await turns.take(() => failing(request, fault, at, goesOn));
        return wrong.map((what) => `append ${at}, ${goesOn}: ${what}`);
      });
      expect((await Promise.all(outcomes)).flat()).toEqual([]);
    });
  });
});
