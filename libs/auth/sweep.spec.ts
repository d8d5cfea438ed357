import { freshDatabase, type FreshDatabase } from '#testing';
import { authMigrations, Users } from './index.ts';
import { sweepAuth } from './sweep.ts';

describe('what nobody can ask for any more', () => {
  let database: FreshDatabase;

  beforeEach(async () => {
    database = await freshDatabase(authMigrations);
  });

  afterEach(() => database.drop());

  it('is deleted, and nothing else', async () => {
    const { pool } = database;
    await new Users(pool).create({ email: 'ann@example.com', name: 'Ann', role: 'customer', password: 'p' });
    for (const [name, ago] of [
      ['old', '3 days'],
      ['new', '-1 minutes'],
    ]) {
      await pool.query(`insert into login_attempts values ($1, 1, now() - $2::interval)`, [name, ago]);
      await pool.query(`insert into ended_sessions values ($1, now() - $2::interval)`, [name, ago]);
      await pool.query(
        `insert into sessions (id, user_id, refresh_family, refresh_hash, expires_at)
         select $1, id, $3, '', now() - $2::interval from users`,
        [name, ago, Buffer.from(name ?? '')],
      );
    }
    expect(await sweepAuth(pool)).toBe(3);
    const left = ['select key as id from login_attempts', 'select id from ended_sessions', 'select id from sessions'];
    for (const sql of left) expect((await pool.query(sql)).rows).toEqual([{ id: 'new' }]);
    expect(await sweepAuth(pool)).toBe(0);
  });
});
