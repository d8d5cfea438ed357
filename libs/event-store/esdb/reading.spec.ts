import { appended, idsOf, newEvents, newStream, readToEnd } from '../contract/store-under-test.ts';
import { StoreWentBackwards } from '../errors.ts';
import { storeOnDouble, type StoreOnDouble } from '#dev/event-store-double';

let under: StoreOnDouble;
beforeEach(async () => void (under = await storeOnDouble()));
afterEach(() => under.close());

function foreignEvent(bytes: string) {
  const data = Buffer.from(bytes);
  return {
    id: crypto.randomUUID(),
    type: 'Theirs',
    contentType: 'application/octet-stream',
    data,
    metadata: Buffer.alloc(0),
  };
}

describe('reading all of EventStoreDB', () => {
  it('gets on through any number of records of the server’s own, by pages that are empty', async () => {
    const { store, double } = under;
    const { position: before } = await appended(store, newStream(), 'none', newEvents(1));
    double.log.writeSystemRecords(250);
    const events = newEvents(1);
    await appended(store, newStream(), 'none', events);
    const page = await store.readAll(before, 100);
    expect(page.events).toEqual([]);
    expect(page.end && page.end > before).toBe(true);
    expect(idsOf(await readToEnd(store, before))).toEqual(idsOf(events));
  });

  it('has no event of an empty store, and no head', async () => {
    const { store } = under;
    expect(await readToEnd(store, undefined)).toEqual([]);
    expect(await store.head()).toBeUndefined();
  });

  it('is not stopped by what others wrote, JSON or not', async () => {
    const { store, double } = under;
    const before = await store.head();
    double.log.write('theirs-1', 'any', [foreignEvent('\u0001\u0002'), foreignEvent('{"a":1}')]);
    expect((await readToEnd(store, before)).map(({ data }) => data)).toEqual([undefined, { a: 1 }]);
  });
});

describe('counting what EventStoreDB has after a position', () => {
  it('is given up after so many records, and says that there are more', async () => {
    const { store, double } = under;
    const { position } = await appended(store, newStream(), 'none', newEvents(1));
    await appended(store, newStream(), 'none', newEvents(600));
    double.log.writeSystemRecords(300);
    expect(await store.countAfter(position)).toEqual({ events: 600, isAll: true });
    await appended(store, newStream(), 'none', newEvents(400));
    expect(await store.countAfter(position)).toEqual({ events: 700, isAll: false });
  });
});

describe('the head of EventStoreDB', () => {
  it('is found behind many records of the server’s own, the first time and again', async () => {
    const { store, double } = under;
    const { position } = await appended(store, newStream(), 'none', newEvents(1));
    for (const count of [1, 2000, 3]) {
      double.log.writeSystemRecords(count);
      expect(await store.head()).toBe(position);
    }
    const { position: later } = await appended(store, newStream(), 'none', newEvents(1));
    double.log.writeSystemRecords(60);
    expect(await store.head()).toBe(later);
  });

  it('is where the log ends now, when it went backwards', async () => {
    const { store, double } = under;
    const { position } = await appended(store, newStream(), 'none', newEvents(1));
    await appended(store, newStream(), 'none', newEvents(1));
    double.log.writeSystemRecords(2);
    await store.head();
    double.log.loseLast(3);
    double.log.writeSystemRecords(1);
    expect(await store.head()).toBe(position);
  });
});

describe('an EventStoreDB that lost its end', () => {
  it('is recognised by a position that it has not reached again', async () => {
    const { store, double } = under;
    const { position: kept } = await appended(store, newStream(), 'none', newEvents(1));
    const { position: lost } = await appended(store, newStream(), 'none', newEvents(1));
    double.log.loseLast(1);
    await expect(store.readAll(lost, 10)).rejects.toThrow(StoreWentBackwards);
    expect(await store.readAll(kept, 10)).toMatchObject({ events: [], end: kept });
  });

  it('is recognised by a position in the middle of what was written since', async () => {
    const { store, double } = under;
    const { position: lost } = await appended(store, newStream(), 'none', newEvents(2));
    double.log.loseLast(2);
    double.log.write('theirs-1', 'any', [foreignEvent('x'.repeat(5000))]);
    await expect(store.readAll(lost, 10)).rejects.toThrow(StoreWentBackwards);
  });
});

describe('a stream of EventStoreDB', () => {
  it('that was deleted softly is empty, and one that was ended for ever is rejected', async () => {
    const { store, double } = under;
    const [soft, hard] = [newStream(), newStream()];
    for (const stream of [soft, hard]) await appended(store, stream, 'none', newEvents(2));
    double.log.delete(soft, 'any');
    double.log.tombstone(hard, 'any');
    expect(await store.readStream(soft, { limit: 10 })).toEqual([]);
    await expect(store.readStream(hard, { limit: 10 })).rejects.toThrow('is deleted');
    expect(await store.append(soft, 'none', newEvents(1))).toMatchObject({ outcome: 'appended', revision: 2 });
  });
});

describe('the id of the store', () => {
  it('is the same for all who come at once to a new server, and for all who come later', async () => {
    const { store, another } = under;
    const others = await Promise.all([another(), another(), another()]);
    expect(others.map(({ id }) => id)).toEqual(Array(3).fill(store.id));
    await Promise.all(others.map((other) => other.close()));
  });
});
