import { randomUUID } from 'node:crypto';
import { codecOf, type EventStore, type Position } from '#event-store';
import { eventStoreMigrations, PostgresEventStore } from '#event-store/postgres';
import { ConsistencyTokens } from '#http';
import {
  CheckpointWatch,
  defineProjection,
  everyEventOf,
  HeadWatch,
  PostgresSink,
  projectionMigrations,
  PublishedHead,
} from '#projections';
import { freshDatabase, plainEvents, silenced, type FreshDatabase } from '#dev/testing';
import { ReadYourWrites } from './read-your-writes.ts';

interface Said {
  readonly type: 'Said';
  readonly word: string | null;
}

const sayings = plainEvents<Said>('said', 'Said');
const codec = codecOf(sayings);
const words = defineProjection({
  name: 'words',
  schema: 1,
  table: { key: { stream: 'text collate "C"' }, columns: { length: 'bigint' } },
  from: [
    everyEventOf(sayings, ({ word, recorded }) => {
      if (word === null) throw new Error('nothing was said');
      return { stream: recorded.stream, length: word.length };
    }),
  ],
});

const tokens = new ConsistencyTokens('Wd5Hn8Kq2Xz7Pv4Rt9Ls6Mf3Jc1Gy0Ba');

describe('a query that waits for its write', () => {
  let database: FreshDatabase;
  let store: EventStore;
  let watch: CheckpointWatch;
  let heads: HeadWatch;
  let sink: PostgresSink;

  beforeEach(async () => {
    database = await freshDatabase([...eventStoreMigrations, ...projectionMigrations]);
    store = await PostgresEventStore.connect(database.url);
    watch = new CheckpointWatch(database.url, database.pool);
    heads = new HeadWatch(database.pool);
    sink = new PostgresSink(database.pool, store, words);
    await sink.open();
    await expect(sink.tend(true)).rejects.toThrow('is live now');
  });

  afterEach(async () => {
    heads.close();
    await watch.close();
    await store.close();
    await database.drop();
  });

  async function say(stream: string, word: string | null): Promise<string> {
    const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0 };
    const result = await store.append(stream, 'none', [codec.encode(randomUUID(), { type: 'Said', word }, metadata)]);
    if (result.outcome !== 'appended') throw new Error(result.outcome);
    return tokens.encode({ stream, position: result.position });
  }

  async function project(): Promise<void> {
    const from = await sink.open();
    const { events, end } = await store.readAll(from, 10);
    await sink.apply(events, from, end as Position);
  }

  it('is answered once the write is there, and rejected when its stream is parked meanwhile', async () => {
    const queries = new ReadYourWrites(tokens, watch, heads, 10_000);
    const seen = queries.wait(await say('said-good', 'yes'), words);
    const rejected = queries.wait(await say('said-bad', null), words);
    const outcomes = Promise.allSettled([seen, rejected]);
    await project();
    expect(await outcomes).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'PROJECTION_PARKED' } },
    ]);
  });

  it('waits for each of several writes, in whatever order their tokens are, and takes no endless list of them', async () => {
    const queries = new ReadYourWrites(tokens, watch, heads, 50);
    const first = await say('said-first', 'yes');
    await project();
    const second = await say('said-second', 'yes');
    await expect(queries.wait(`${second}, ${first}`, words)).rejects.toMatchObject({ code: 'NOT_YET_VISIBLE' });
    await project();
    await expect(queries.wait(`${second},${first}`, words)).resolves.toBeUndefined();
    for (const foreign of [`${first}, zzz`, `${first},`, Array.from({ length: 21 }, () => first).join(', ')])
      await expect(queries.wait(foreign, words)).rejects.toMatchObject({ code: 'TOKEN_FOREIGN' });
  });

  it('is answered though the connection that tells of progress falls silent', async () => {
    const line = await silenced(database.url);
    const behind = new CheckpointWatch(line.url, database.pool);
    try {
      const queries = new ReadYourWrites(tokens, behind, heads, 10_000);
      const first = await say('said-first', 'yes');
      await project();
      await queries.wait(first, words);
      line.silence();
      const seen = queries.wait(await say('said-second', 'yes'), words);
      await project();
      await expect(seen).resolves.toBeUndefined();
    } finally {
      line.close();
      await behind.close();
    }
  });

  it('does not wait at all for a stream that is parked already', async () => {
    const token = await say('said-bad', null);
    await project();
    await expect(new ReadYourWrites(tokens, watch, heads, 10_000).wait(token, words)).rejects.toMatchObject({
      code: 'PROJECTION_PARKED',
    });
  });

  describe('of an event store that was restored', () => {
    let published: PublishedHead;

    beforeEach(() => {
      published = new PublishedHead(database.pool);
    });

    /** As if restored from a backup: all events are gone. */
    async function loseAll(): Promise<void> {
      await database.pool.query(`grant delete on events to current_user;
        alter table events disable trigger append_only; delete from events`);
    }

    async function outcomeOf(waiting: Promise<void>, meanwhile: () => Promise<unknown>): Promise<unknown> {
      const outcome = waiting.catch(({ code }: { code: string }) => code);
      for (;;) {
        const first = await Promise.race([outcome, meanwhile().then(() => 'pending')]);
        if (first !== 'pending') return first;
      }
    }

    it('is rejected for good when its write is lost', async () => {
      await say('said-kept', 'yes');
      await project();
      const token = await say('said-lost', 'yes');
      await loseAll();
      const waiting = new ReadYourWrites(tokens, watch, heads, 10_000).wait(token, words);
      expect(await outcomeOf(waiting, () => published.read(store))).toBe('TOKEN_FOREIGN');
    });

    it('waits when the published head is older than its token, however late it was published', async () => {
      const head = await store.head();
      await published.publish(await published.startRound(), head);
      const round = await published.startRound();
      const token = await say('said-late', 'yes');
      const waiting = new ReadYourWrites(tokens, watch, heads, 1000).wait(token, words);
      expect(await outcomeOf(waiting, () => published.publish(round, head))).toBe('NOT_YET_VISIBLE');
    });

    it('waits when the write is there but not yet projected', async () => {
      const token = await say('said-slow', 'yes');
      const waiting = new ReadYourWrites(tokens, watch, heads, 1000).wait(token, words);
      expect(await outcomeOf(waiting, () => published.read(store))).toBe('NOT_YET_VISIBLE');
    });
  });
});
