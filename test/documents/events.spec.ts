import { readFile } from 'node:fs/promises';
import { makePosition, type RecordedEvent } from '#event-store';
import { publicEvents, publicEventTypes, type PublicEvent } from '#feeds';
import { HoldIds } from '#ids';

const section = /^### `(?<type>[^`]+)`\n(?<text>[\s\S]*?)(?=^##)/gm;
const example = /```json\n([\s\S]*?)```/;

interface Documented {
  readonly type: string;
  readonly example: Readonly<Record<string, unknown>>;
}

async function documented(): Promise<readonly Documented[]> {
  const document = await readFile('docs/events.md', 'utf8');
  return [...document.matchAll(section)].map(({ groups }) => ({
    type: groups?.['type'] ?? '',
    example: JSON.parse(example.exec(groups?.['text'] ?? '')?.[1] ?? '{}') as Documented['example'],
  }));
}

/** What is told of the events that were ever stored, with a stock that each of them makes low. */
async function told(): Promise<readonly PublicEvent[]> {
  const holdIds = new HoldIds('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu');
  const streams = {
    stock: 'stock-item:prod_001:1',
    item: 'catalog-prod_001',
    order: 'order-ord_1',
    inventory: 'inventory-2',
    request: 'request-10',
  };
  const events = await Promise.all(Object.entries(streams).map(([name, stream]) => stored(name, stream)));
  return events
    .flat()
    .flatMap(ofEachSource)
    .flatMap((event) => {
      const { balance } = event.data as { balance?: { available: number } };
      return publicEvents({ holdIds, stockLowAt: balance?.available ?? 0 })(event);
    });
}

/** What is given back may be of a purchase, a hold or an order. */
function ofEachSource(event: RecordedEvent): readonly RecordedEvent[] {
  if (event.type !== 'UnitsGivenBack') return [event];
  return ['purchase', 'hold', 'order'].map((source) => ({ ...event, data: { ...(event.data as object), source } }));
}

async function stored(name: string, stream: string): Promise<readonly RecordedEvent[]> {
  const fixtures = JSON.parse(await readFile(`libs/domain/stored-events/${name}.json`, 'utf8')) as readonly {
    readonly type: string;
    readonly schemaVersion: number;
    readonly data: object;
  }[];
  const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0 };
  return fixtures.map(({ type, schemaVersion, data }, revision) => ({
    id: 'i',
    type,
    data,
    metadata: { ...metadata, schemaVersion },
    stream,
    revision,
    position: makePosition('s', BigInt(revision)),
  }));
}

/** Which fields there are, and of which type; some can be null. */
function kindsOf(data: object): readonly string[] {
  const nullable = ['originalPrice', 'categoryId', 'sku', 'trackingNumber', 'dueAt', 'ownerId', 'reason'];
  const limits = ['defaultLendSeconds', 'openLendsMax', 'lentUnitsMax', 'overdueLendsMax'];
  const kinds = Object.entries(data).map(
    ([field, value]) => `${field} ${[...nullable, ...limits].includes(field) ? '' : typeof value}`,
  );
  return kinds.toSorted();
}

describe('docs/events.md', () => {
  it('names exactly the types of public events', async () => {
    const types = (await documented()).map(({ type }) => type);
    expect(types.toSorted()).toEqual(publicEventTypes.toSorted());
  });

  it('has an example of each with the fields that it has', async () => {
    const events = await told();
    for (const { type, example: shown } of await documented()) {
      const event = events.find((each) => each.type === type);
      expect([type, kindsOf(shown)]).toEqual([type, kindsOf(event?.data ?? {})]);
    }
  });
});
