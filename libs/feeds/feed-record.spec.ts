import { makePosition } from '#event-store';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { FeedRecord } from './feed-record.ts';
import { feedMigrations } from './index.ts';

describe('where the feed starts again', () => {
  let database: FreshDatabase;

  beforeEach(async () => {
    database = await freshDatabase(feedMigrations);
  });

  afterEach(() => database.drop());

  it('is what its writer has said, and never goes back', async () => {
    const record = new FeedRecord(database.pool);
    expect(await record.open()).toMatchObject({ startsAfter: undefined });
    const [earlier, later] = [makePosition('s', 4n), makePosition('s', 7n)];
    await record.startAfter(later);
    await record.startAfter(earlier);
    expect(await new FeedRecord(database.pool).open()).toMatchObject({ startsAfter: later });
  });

  it('is left as it is by a writer that is one no longer', async () => {
    const former = new FeedRecord(database.pool);
    await former.open();
    await new FeedRecord(database.pool).open();
    const moved = { name: 'CheckpointMoved' };
    await expect(former.startAfter(makePosition('s', 7n))).rejects.toMatchObject(moved);
    await expect(former.assertOpen()).rejects.toMatchObject(moved);
    expect(await new FeedRecord(database.pool).open()).toMatchObject({ startsAfter: undefined });
  });
});
