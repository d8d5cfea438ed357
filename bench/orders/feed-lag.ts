import { connectEventStore } from '#event-store/connect';
import { patienceMs, sellAtConstantRate, type Rate, type SeenAfter } from '../projections/constant-rate.ts';
import { FeedReader } from './feed-reader.ts';
import { provideStocks } from './provide-stocks.ts';
import { itemNames } from './stocks.ts';

export interface FeedTask extends Rate {
  readonly postgres: string;
  readonly redis: string;
}

/** Measures when purchases can be read from the feed, with a projector that runs already. */
export async function measureFeedLag(task: FeedTask): Promise<SeenAfter> {
  const store = await connectEventStore(task.postgres);
  const reader = await FeedReader.open(task.redis);
  try {
    await provideStocks(store);
    const sight = (purchaseId: string) => {
      const seen = reader.purchase(purchaseId, patienceMs);
      return () => seen;
    };
    return await sellAtConstantRate({ ...task, store, itemsCount: itemNames.length, sight });
  } finally {
    await reader.close();
    await store.close();
  }
}
