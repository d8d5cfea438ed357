import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  emptyStock,
  evolveStock,
  loadStock,
  saveStock,
  stockSnapshotVersion,
  stockUpcasts,
  type StockEvent,
} from '#domain';
import { createCodec, makePosition, type RecordedEvent } from '#event-store';

interface Stored {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
}

async function readFixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(import.meta.dirname, name), 'utf8'));
}

function recorded({ type, schemaVersion, data }: Stored): RecordedEvent {
  const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0, schemaVersion };
  return {
    id: 'i',
    type,
    data,
    metadata,
    stream: 'stock-item:prod_001:1',
    revision: 0,
    position: makePosition('s', 1n),
  };
}

describe('events as they are stored', () => {
  const codec = createCodec<StockEvent>(stockUpcasts);

  it('are all here, in every version they ever had', async () => {
    const stored = (await readFixture('stored-events.json')) as Stored[];
    const wanted = Object.entries(stockUpcasts).flatMap(([type, upcasts]) =>
      Array.from({ length: upcasts.length + 1 }, (_, older) => `${type} ${older + 1}`),
    );
    expect(stored.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`).toSorted()).toEqual(wanted.toSorted());
  });

  it('are read as today’s events, and written as they were', async () => {
    for (const stored of (await readFixture('stored-events.json')) as Stored[]) {
      const event = codec.decode(recorded(stored));
      expect(event).toEqual({ ...stored.data, type: stored.type });
      const { at: _, schemaVersion: __, ...rest } = recorded(stored).metadata;
      expect(JSON.parse(codec.encode('i', event, { ...rest, at: 0 }).data)).toEqual(stored.data);
    }
  });

  it('of a type that nobody here knows are named, with stream and revision', () => {
    const unknown = recorded({ type: 'UnitsTeleported', schemaVersion: 1, data: {} });
    expect(() => codec.decode(unknown)).toThrow(
      'stock-item:prod_001:1 has an event of unknown type UnitsTeleported at revision 0',
    );
  });
});

describe('a snapshot', () => {
  it('is the same for the same events, as long as its version is: raise the version, then write a new golden file', async () => {
    const golden = (await readFixture('golden-snapshot.json')) as {
      version: number;
      events: StockEvent[];
      saved: ReturnType<typeof saveStock>;
    };
    expect(golden.version).toBe(stockSnapshotVersion);
    const stock = golden.events.reduce(evolveStock, emptyStock);
    expect(JSON.parse(JSON.stringify(saveStock(stock)))).toEqual(golden.saved);
    expect(JSON.stringify(loadStock(golden.saved))).toBe(JSON.stringify(stock));
  });
});
