import { appended, newEvents, newStream } from '../contract/store-under-test.ts';
import { storeOnDouble } from '#dev/event-store-double';

describe('the doorbell of EventStoreDB', () => {
  it('survives being dropped after every burst, and each time rings again', async () => {
    const { store, close } = await storeOnDouble();
    let rung = Promise.withResolvers<void>();
    const stop = store.onAppend(() => rung.resolve());
    await rung.promise;
    for (let burst = 0; burst < 10; burst++) {
      rung = Promise.withResolvers();
      await appended(store, newStream(), 'none', newEvents(100));
      await expect(rung.promise).resolves.toBeUndefined();
    }
    stop();
    await close();
  });

  it('closes while it is being hung, and while it waits to be', async () => {
    const { store, double, another, close } = await storeOnDouble();
    const hanging = await another();
    hanging.onAppend(() => undefined);
    await hanging.close();
    double.line.refuse();
    store.onAppend(() => undefined);
    await expect(store.head()).rejects.toThrow('EventStoreDB did not answer');
    await close();
  });
});
