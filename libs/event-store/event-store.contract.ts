import { describeAllPages, describePositions, describeRacingPages } from './contract/all-pages.contract.ts';
import { describeAppending, describeRejectedAppends, describeSizes } from './contract/appending.contract.ts';
import { describeDoorbell } from './contract/doorbell.contract.ts';
import { describeIdempotency, describeIdsElsewhere } from './contract/idempotency.contract.ts';
import { describeCutsUnderLoad, describeOutages } from './contract/outages.contract.ts';
import { describeCounting, describePageBounds } from './contract/page-bounds.contract.ts';
import { describeReading, describeStreamPages } from './contract/reading.contract.ts';
import type { StoreUnderTest } from './contract/store-under-test.ts';

const parts = [
  describeAppending,
  describeRejectedAppends,
  describeSizes,
  describeIdempotency,
  describeIdsElsewhere,
  describeReading,
  describeStreamPages,
  describeAllPages,
  describePageBounds,
  describeCounting,
  describeRacingPages,
  describePositions,
  describeDoorbell,
  describeOutages,
  describeCutsUnderLoad,
];

/** The contract of every event store adapter. */
export function describeEventStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the event store on ${name}`, () => {
    let opened: StoreUnderTest;
    beforeAll(async () => void (opened = await open()));
    afterAll(() => opened.close());
    for (const part of parts) part(() => opened);
  });
}
