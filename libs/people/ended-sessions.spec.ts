import { freshDatabase, silenced, until, type FreshDatabase } from '#dev/testing';
import { EndedSessions } from './ended-sessions.ts';
import { authMigrations } from './index.ts';
import { endedChannel } from './session-rows.ts';

describe('what a process hears of sessions that end', () => {
  let database: FreshDatabase;
  let ended: EndedSessions;

  beforeEach(async () => {
    database = await freshDatabase(authMigrations);
    await remember('before', '1 minute');
    await remember('long ago', '3 hours');
    ended = new EndedSessions({ url: database.url, pool: database.pool, cacheTtlSeconds: 3600 });
  });

  afterEach(async () => {
    await ended.close();
    await database.drop();
  });

  async function remember(id: string, ago: string): Promise<void> {
    await database.pool.query('insert into ended_sessions values ($1, now() - $2::interval)', [id, ago]);
  }

  async function untilKnown(id: string, answer: boolean | undefined, by = ended): Promise<void> {
    await until(
      () => by.has(id),
      (known) => known === answer,
    );
  }

  async function cutConnection(): Promise<void> {
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'holdfast-sessions' and datname = current_database()`,
    );
  }

  it('is nothing for certain until it listens', () => {
    expect(ended.has('a')).toBeUndefined();
  });

  it('is what ended before it listened, as far as Redis may still call it live, and what ends from there on', async () => {
    await untilKnown('a', false);
    expect(ended.has('before')).toBe(true);
    expect(ended.has('long ago')).toBe(false);
    await database.pool.query('select pg_notify($1, $2)', [endedChannel, 'a']);
    await untilKnown('a', true);
    expect(ended.has('b')).toBe(false);
  });

  it('is nothing for certain while its connection is lost, and afterwards what ended meanwhile, too', async () => {
    await untilKnown('a', false);
    await cutConnection();
    await untilKnown('a', undefined);
    expect(ended.has('before')).toBe(true);
    await remember('a', '0 minutes');
    await untilKnown('a', true);
    await untilKnown('b', false);
  });

  it('is nothing for certain when its connection has fallen silent, until it has another', async () => {
    const proxy = await silenced(database.url);
    const behind = new EndedSessions({ url: proxy.url, pool: database.pool, cacheTtlSeconds: 3600 });
    try {
      await untilKnown('a', false, behind);
      proxy.silence();
      await untilKnown('a', undefined, behind);
      expect(behind.has('before')).toBe(true);
      await untilKnown('a', false, behind);
    } finally {
      proxy.close();
      await behind.close();
    }
  });

  it('is never taken for all when there was more than it can remember', async () => {
    await ended.close();
    ended = new EndedSessions({ url: database.url, pool: database.pool, cacheTtlSeconds: 3600, countMax: 2 });
    await untilKnown('a', false);
    for (const id of ['a', 'b']) await database.pool.query('select pg_notify($1, $2)', [endedChannel, id]);
    await untilKnown('b', true);
    expect(['before', 'a', 'b', 'c'].map((id) => ended.has(id))).toEqual([undefined, true, true, undefined]);
  });

  it('is not taken for all too early when it forgot something new before something old', async () => {
    await ended.close();
    let sinceMs = 0;
    const now = () => Date.now() + sinceMs;
    const { url, pool } = database;
    ended = new EndedSessions({ url, pool, cacheTtlSeconds: 60, countMax: 2, now });
    const hear = async (id: string) => {
      await pool.query('select pg_notify($1, $2)', [endedChannel, id]);
      await untilKnown(id, true);
    };
    await untilKnown('a', false);
    await hear('new');
    await cutConnection();
    await untilKnown('a', undefined);
    for (const id of ['old', 'as old']) await remember(id, '90 seconds');
    await untilKnown('as old', true);
    await hear('newest');
    expect(['old', 'new'].map((id) => ended.has(id))).toEqual([undefined, undefined]);
    sinceMs = 60_000;
    expect(ended.has('new')).toBeUndefined();
    sinceMs = 120_000;
    await untilKnown('new', false);
  });
});
