import {
  appended,
  eventually,
  newEvents,
  newStream,
  onceAvailable,
  shortTimeouts,
} from '../contract/store-under-test.ts';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import { storeOnDouble, WireDouble } from '#dev/event-store-double';
import { EventStoreDbStore } from './index.ts';

describe.each(['url', 'discoverUrl'] as const)('a cluster by its %s', (kind) => {
  it('is followed to its new leader', async () => {
    const { store, double, close } = await storeOnDouble(kind, shortTimeouts);
    const stream = newStream();
    await appended(store, stream, 'none', newEvents(1));
    const leader = await WireDouble.start({ log: double.log });
    double.faults.leaderElsewhere = { host: '127.0.0.1', port: leader.port };
    expect((await eventually(store, stream, 0, newEvents(1))).outcome).toBe('appended');
    expect(await store.readStream(stream, { limit: 10 })).toHaveLength(2);
    double.line.refuse();
    await appended(store, stream, 1, newEvents(1));
    await close();
    await leader.stop();
  });

  it('is not read from a follower, which may lag behind', async () => {
    const { store, double, close } = await storeOnDouble(kind, shortTimeouts);
    const { position } = await appended(store, newStream(), 'none', newEvents(1));
    const leader = await WireDouble.start({ log: double.log });
    double.faults.leaderElsewhere = { host: '127.0.0.1', port: leader.port };
    const read = () => onceAvailable(() => store.readAll(position, 1));
    expect((await read()).end).toBe(position);
    double.line.refuse();
    expect((await read()).end).toBe(position);
    await close();
    await leader.stop();
  });

  it('without a leader, or still booting, is an outage that passes', async () => {
    const { store, double, another, close } = await storeOnDouble(kind, shortTimeouts);
    const events = newEvents(1);
    const stream = newStream();
    for (const fault of [{ booting: true }, { leaderElsewhere: 'unknown' as const }]) {
      Object.assign(double.faults, fault);
      await expect(store.append(stream, 'none', events)).rejects.toThrow(StoreUnavailable);
      await expect(store.readAll(undefined, 1)).rejects.toThrow(StoreUnavailable);
      await expect(another()).rejects.toThrow(StoreUnavailable);
      Object.assign(double.faults, { booting: false, leaderElsewhere: undefined });
    }
    expect(await store.append(stream, 'none', events)).toMatchObject({ outcome: 'appended' });
    await close();
  });
});

describe('a connection that hangs for ever', () => {
  it('is replaced by another, though a second client of the process still holds on to its own', async () => {
    const { store, double, another, close } = await storeOnDouble('url', shortTimeouts);
    const second = await another();
    double.line.freeze();
    await expect(store.append(newStream(), 'none', newEvents(1))).rejects.toThrow(OutcomeUnknown);
    await appended(store, newStream(), 'none', newEvents(1));
    await second.close();
    await close();
  });
});

describe('discovery', () => {
  it('that found nobody, for longer than anybody would try, finds the cluster when it is back', async () => {
    const { store, double, close } = await storeOnDouble('discoverUrl', shortTimeouts);
    const bell = Promise.withResolvers<void>();
    double.faults.booting = true;
    await expect(store.readAll(undefined, 1)).rejects.toThrow(StoreUnavailable);
    double.line.refuse();
    const stop = store.onAppend(() => bell.resolve());
    for (let attempt = 0; attempt < 4; attempt++) {
      await expect(store.append(newStream(), 'none', newEvents(1))).rejects.toThrow(StoreUnavailable);
    }
    double.faults.booting = false;
    double.line.restore();
    await appended(store, newStream(), 'none', newEvents(1));
    await bell.promise;
    stop();
    await close();
  });

  it('asks every node it has heard of, and is not held up by one that hangs', async () => {
    const [hanging, leader] = [await WireDouble.start(), await WireDouble.start()];
    hanging.line.stall();
    const url = `esdb://127.0.0.1:${hanging.port},127.0.0.1:${leader.port}?tls=false`;
    const store = await EventStoreDbStore.connect(url, shortTimeouts);
    await appended(store, newStream(), 'none', newEvents(1));
    expect(leader.log.stream('holdfast-store')).toHaveLength(1);
    await store.close();
    await Promise.all([hanging.stop(), leader.stop()]);
  });
});
