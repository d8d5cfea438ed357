import { defaultTimeouts, type StoreTimeouts } from '../timeouts.ts';
import { WireDouble } from './double/wire-double.ts';
import { EventStoreDbStore } from './index.ts';

export interface StoreOnDouble {
  readonly double: WireDouble;
  readonly store: EventStoreDbStore;
  readonly another: (timeouts?: StoreTimeouts) => Promise<EventStoreDbStore>;
  readonly close: () => Promise<void>;
}

/** For tests: a store on a server of its own, which does what it is told. */
export async function storeOnDouble(
  kind: 'url' | 'discoverUrl' = 'url',
  usually: StoreTimeouts = defaultTimeouts,
): Promise<StoreOnDouble> {
  const double = await WireDouble.start();
  const another = (timeouts = usually) => EventStoreDbStore.connect(double[kind], timeouts);
  const store = await another();
  const close = async () => {
    await store.close();
    await double.stop();
  };
  return { double, store, another, close };
}
