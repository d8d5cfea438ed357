import fc from 'fast-check';
import { UniqueValues } from '#commands';
import { commandMigrations } from '#commands/migrations';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { reserveUnique, type Owners } from './unique-value.ts';

const reservedMs = 10_000;

/** The streams of owners, as a store keeps them, and a time that the test lets pass. */
class Model implements Owners {
  /** So long ago that every reservation has ended as far as the clock is concerned, and only streams tell. */
  now = Date.now() - 1_000_000_000;
  readonly #streams = new Map<string, Stream>();

  streamOf(owner: string): Stream {
    const stream = this.#streams.get(owner) ?? { revision: -1, lastAt: 0, value: undefined };
    this.#streams.set(owner, stream);
    return stream;
  }

  ownersOf(value: string): string[] {
    return [...this.#streams].filter(([, stream]) => stream.value === value).map(([owner]) => owner);
  }

  append(owner: string, expected: number, at: number, value?: string): boolean {
    const stream = this.streamOf(owner);
    if (stream.revision !== expected) return false;
    this.#streams.set(owner, { revision: expected + 1, lastAt: at, value: value ?? stream.value });
    return true;
  }

  async has(owner: string, value: string): Promise<boolean> {
    return this.streamOf(owner).value === value;
  }

  async noteTime(owner: string): Promise<number> {
    const { revision, lastAt } = this.streamOf(owner);
    const at = Math.max(this.now, lastAt);
    this.append(owner, revision, at);
    return at;
  }
}

interface Stream {
  readonly revision: number;
  readonly lastAt: number;
  readonly value: string | undefined;
}

/** A request to record the value in the stream of the owner, which can stop at each yield, and go on late. */
async function* attempt(model: Model, database: FreshDatabase, owner: string, value: string, isRejected: boolean) {
  const values = new UniqueValues(database.pool, model.now - Date.now() + reservedMs);
  const before = model.streamOf(owner);
  yield;
  const reserved = await reserveUnique(values, { kind: 'sku', value, owner }, model);
  if (reserved === undefined) return;
  yield;
  for (;;) {
    const { revision, lastAt } = model.streamOf(owner);
    const at = Math.max(model.now, lastAt);
    if (isRejected || at > reserved.recordBy) return values.withdraw(reserved);
    // The append is on its way.
    yield;
    if (!model.append(owner, revision, at, value)) continue;
    yield;
    await values.settle(reserved, at);
    yield;
    if (before.value !== undefined && before.value !== value) await values.free('sku', before.value, owner, at);
    return;
  }
}

const attempts = fc.array(
  fc.record({ owner: fc.constantFrom('x', 'y', 'z'), value: fc.constantFrom('a', 'b'), isRejected: fc.boolean() }),
  { minLength: 2, maxLength: 8 },
);
/** What happens at once: attempts that take their next step; then time passes. */
const turns = fc.array(
  fc.record({ going: fc.array(fc.nat(7), { minLength: 1, maxLength: 4 }), passMs: fc.constantFrom(0, 0, 0, 1, 6000) }),
  { minLength: 5, maxLength: 40 },
);

describe('a value that only one may have', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase(commandMigrations);
  });

  afterAll(() => database.drop());

  it('is in one stream at most and never lost, however attempts interleave and wherever they stop', async () => {
    await fc.assert(
      fc.asyncProperty(attempts, turns, async (wanted, schedule) => {
        await database.pool.query('delete from unique_values');
        const model = new Model();
        const running = wanted.map(({ owner, value, isRejected }) =>
          attempt(model, database, owner, value, isRejected),
        );
        for (const { going, passMs } of schedule) {
          await Promise.all([...new Set(going)].map(async (index) => running[index]?.next()));
          for (const value of ['a', 'b']) expect(model.ownersOf(value).length).toBeLessThanOrEqual(1);
          model.now += passMs;
        }
        // Those that are still under way have stopped for ever. What nobody has can be had.
        model.now += 2 * reservedMs;
        for (const value of ['a', 'b']) {
          const [owner] = model.ownersOf(value);
          const values = new UniqueValues(database.pool, model.now - Date.now() + reservedMs);
          const reserved = await reserveUnique(values, { kind: 'sku', value, owner: 'new' }, model);
          expect([value, owner, reserved !== undefined]).toEqual([value, owner, owner === undefined]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
