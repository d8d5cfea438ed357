import { freshDatabase, type FreshDatabase } from '#testing';
import { authMigrations, Users } from './index.ts';

const ann = { email: 'Ann@example.com', name: 'Ann', role: 'customer', password: 'correct horse' } as const;

describe('a user', () => {
  let database: FreshDatabase;
  let users: Users;

  beforeEach(async () => {
    database = await freshDatabase(authMigrations);
    users = new Users(database.pool);
  });

  afterEach(() => database.drop());

  it('logs in with the address, in any case, and the password', async () => {
    const created = await users.create(ann);
    expect(created).toMatchObject({ id: expect.stringMatching(/^user_[\da-f]{16}$/), number: 1, role: 'customer' });
    expect(await users.authenticate('ANN@EXAMPLE.COM', ann.password)).toEqual(created);
  });

  it('does not log in with another password, and nobody does without an account', async () => {
    await users.create(ann);
    expect(await users.authenticate(ann.email, 'wrong')).toBeUndefined();
    expect(await users.authenticate('bob@example.com', ann.password)).toBeUndefined();
  });

  it('has an address that nobody else has, in any case', async () => {
    await users.create(ann);
    expect(await users.create({ ...ann, email: 'ann@EXAMPLE.com' })).toBeUndefined();
  });

  it('is not kept with a password that anybody could read', async () => {
    await users.create(ann);
    const { rows } = await database.pool.query<{ password_hash: string }>('select * from users');
    expect(JSON.stringify(rows)).not.toContain(ann.password);
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$/);
  });
});
