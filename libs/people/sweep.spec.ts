import { freshDatabase, type FreshDatabase } from '#dev/testing';
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
      await pool.query(`insert into login_queues values ($1, now(), '{}', now() - $2::interval)`, [name, ago]);
      await pool.query(
        `insert into known_networks select id, $1, now() - $2::interval - interval '90 days' from users`,
        [name, ago],
      );
      await pool.query(`insert into ended_sessions values ($1, now() - $2::interval)`, [name, ago]);
      await pool.query(
        `insert into sessions (id, user_id, refresh_family, refresh_hash, expires_at)
         select $1, id, $3, '', now() - $2::interval from users`,
        [name, ago, Buffer.from(name ?? '')],
      );
      await pool.query(
        `insert into api_keys (id, name, role, key_hash, expires_at)
         values ($1, 'x', 'service', $3, now() - $2::interval - interval '30 days')`,
        [name, ago, Buffer.from(name ?? '')],
      );
    }
    await pool.query(`insert into password_resets select id, '', now() - interval '1 minute' from users`);
    await pool.query(`insert into api_keys (id, name, role, key_hash) values ('for ever', 'x', 'service', '')`);
    expect(await sweepAuth(pool)).toBe(7);
    const ids = {
      login_attempts: 'key',
      login_queues: 'account',
      known_networks: 'network',
      ended_sessions: 'id',
      sessions: 'id',
    };
    for (const [table, id] of Object.entries(ids)) {
      expect((await pool.query(`select ${id} as id from ${table}`)).rows).toEqual([{ id: 'new' }]);
    }
    expect((await pool.query('select id from api_keys order by id')).rows).toEqual([{ id: 'for ever' }, { id: 'new' }]);
    expect(await sweepAuth(pool)).toBe(0);
  });
});
