import { EventStoreDbStore } from '#event-store/esdb';
import { lineTimeouts, type LineTimeouts } from '#platform';
import { WireDouble } from './wire-double.ts';

export interface StoreOnDouble {
  readonly double: WireDouble;
  readonly store: EventStoreDbStore;
  readonly another: (timeouts?: LineTimeouts) => Promise<EventStoreDbStore>;
  readonly close: () => Promise<void>;
}

/** A store on a server of its own, which does what it is told. */
export async function storeOnDouble(
  kind: 'url' | 'discoverUrl' = 'url',
  usually: LineTimeouts = lineTimeouts,
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
