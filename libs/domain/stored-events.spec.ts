import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  categoryAggregate,
  inventoryAggregate,
  itemAggregate,
  orderAggregate,
  requestAggregate,
  slotAggregate,
  stockAggregate,
  transferAggregate,
  type EventTypes,
  type SnapshotFormat,
} from '#domain';
import { finish } from '#domain/aggregate';
import { codecOf, makePosition, type Codec, type RecordedEvent } from '#event-store';

/** An event as some version wrote it; `today` is what it is read as, where that is something else. */
interface Stored {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
  readonly today?: object;
}

type AnyEvent = { readonly type: string };

const aggregates: readonly { name: string; events: EventTypes<AnyEvent>; codec: Codec<AnyEvent> }[] = [
  { name: 'category', events: categoryAggregate.events, codec: codecOf(categoryAggregate) },
  { name: 'inventory', events: inventoryAggregate.events, codec: codecOf(inventoryAggregate) },
  { name: 'item', events: itemAggregate.events, codec: codecOf(itemAggregate) },
  { name: 'order', events: orderAggregate.events, codec: codecOf(orderAggregate) },
  { name: 'request', events: requestAggregate.events, codec: codecOf(requestAggregate) },
  { name: 'slot', events: slotAggregate.events, codec: codecOf(slotAggregate) },
  { name: 'stock', events: stockAggregate.events, codec: codecOf(stockAggregate) },
  { name: 'transfer', events: transferAggregate.events, codec: codecOf(transferAggregate) },
];
const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0 };

async function readFixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(import.meta.dirname, name), 'utf8'));
}

function recorded({ type, schemaVersion, data }: Stored): RecordedEvent {
  const place = { stream: 'stock-item:prod_001:1', revision: 0, position: makePosition('s', 1n) };
  return { id: 'i', type, data, metadata: { ...metadata, schemaVersion }, ...place };
}

describe.each(aggregates)('events of every $name as they are stored', ({ name, events, codec }) => {
  const stored = readFixture(`stored-events/${name}.json`) as Promise<Stored[]>;

  it('are all here, in every version they ever had', async () => {
    const wanted = Object.entries(events).flatMap(([type, upcasts]) =>
      Array.from({ length: upcasts.length + 1 }, (_, older) => `${type} ${older + 1}`),
    );
    const found = (await stored).map(({ type, schemaVersion }) => `${type} ${schemaVersion}`);
    // Those with optional fields are here once with them, and once without.
    expect([...new Set(found)].toSorted()).toEqual(wanted.toSorted());
  });

  it('are read as today’s events', async () => {
    for (const each of await stored) {
      expect(codec.decode(recorded(each))).toEqual({ ...(each.today ?? each.data), type: each.type });
    }
  });

  it('are written as today’s fixtures have them', async () => {
    const ofToday = (await stored).filter(
      ({ type, schemaVersion }) => schemaVersion === (events[type]?.length ?? 0) + 1,
    );
    for (const each of ofToday) {
      const { data } = codec.encode('i', codec.decode(recorded(each)), metadata);
      expect(JSON.parse(data)).toEqual(each.data);
    }
  });
});

describe('an event of a type that nobody here knows', () => {
  it('is named, with stream and revision', () => {
    const unknown = recorded({ type: 'UnitsTeleported', schemaVersion: 1, data: {} });
    expect(() => codecOf(stockAggregate).decode(unknown)).toThrow(
      'stock-item:prod_001:1 has an event of unknown type UnitsTeleported at revision 0',
    );
  });
});

describe('a snapshot', () => {
  it('is the same for the same events, as long as its version is: raise the version, then write a new golden file', async () => {
    await expectGolden('stock/golden-snapshot.json', stockAggregate);
    await expectGolden('golden-request-snapshot.json', requestAggregate);
  });

  async function expectGolden<S, E>(
    name: string,
    { snapshots, initial, evolve }: { snapshots: SnapshotFormat<S>; initial: S; evolve: (state: S, event: E) => S },
  ): Promise<void> {
    const golden = (await readFixture(name)) as { version: number; events: E[]; saved: unknown };
    expect(golden.version).toBe(snapshots.version);
    const state = golden.events.reduce(evolve, initial);
    expect(JSON.parse(JSON.stringify(snapshots.save(state)))).toEqual(golden.saved);
    expect(JSON.stringify(finish(snapshots.load(golden.saved)))).toBe(JSON.stringify(state));
  }

  it('of a request that was never made is one of nothing', () => {
    const { snapshots, initial } = requestAggregate;
    expect(finish(snapshots.load(snapshots.save(initial)))).toEqual(initial);
  });
});
