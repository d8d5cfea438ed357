import { commandMetrics, CommandRuntime, Numbers } from '#commands';
import { commandMigrations } from '#commands/migrations';
import type { EventStore } from '#event-store';
import { createMetrics } from '#platform';
import { systemContext } from '#use-cases';
import { faultyStore, freshDatabase, storeOnFreshDatabase } from '#dev/testing';
import type { FreshDatabase, StoreOnFreshDatabase } from '#dev/testing';
import { Items } from './items.ts';

describe('an item', () => {
  let database: FreshDatabase;
  let place: StoreOnFreshDatabase;
  let reads: string[] = [];
  let items: Items;

  beforeAll(async () => {
    database = await freshDatabase(commandMigrations);
    place = await storeOnFreshDatabase();
    const readStream: EventStore['readStream'] = async (...call) => {
      reads.push(call[0]);
      return place.store.readStream(...call);
    };
    const store = { ...faultyStore(place.store, []), readStream };
    const runtime = new CommandRuntime({ store, metrics: commandMetrics(createMetrics('test')) });
    items = new Items(runtime, new Numbers(database.pool));
  });

  afterAll(async () => {
    await place.close();
    await database.drop();
  });

  it('has a number, which is read once, and as soon as there is the item', async () => {
    expect(await items.numberOf('lamp')).toBeUndefined();
    const created = { type: 'CreateItem', itemId: 'lamp', number: 7, name: 'Lamp', price: 100 } as const;
    await items.of('lamp').execute(created, systemContext(10_000));
    expect(await items.numberOf('lamp')).toBe(7);
    reads = [];
    expect(await items.numberOf('lamp')).toBe(7);
    expect(reads).toEqual([]);
    await items.of('lamp').read();
    expect(reads).toEqual([items.of('lamp').name]);
  });
});
