import { describeEventStore } from '../event-store.contract.ts';
import { storeOnDouble } from '#dev/event-store-double';

describe.each(['url', 'discoverUrl'] as const)('by its %s,', (kind) => {
  describeEventStore('the wire double of EventStoreDB', async () => {
    const { double, ...under } = await storeOnDouble(kind);
    return { ...under, line: double.line, recognisesIds: 'where they first came' };
  });
});
