import { createMetrics, migrate } from '#platform';
import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { AuthMetrics, authMigrations, Passwords, TooManyWaiting, Users, type NewUser, type User } from './index.ts';

const ann = { email: 'Ann@example.com', name: 'Ann', role: 'customer', password: 'correct horse' } as const;
const bob = { userName: 'Bob', name: 'Bob', role: 'staff', password: 'battery staple' } as const;

describe('a user', () => {
  let database: FreshDatabase;
  let users: Users;

  beforeEach(async () => {
    database = await freshDatabase(authMigrations);
    users = new Users(database.pool);
  });

  afterEach(() => database.drop());

  async function created(newUser: NewUser): Promise<User> {
    const result = await users.create(newUser);
    if (result.outcome !== 'created') throw new Error(`${result.field} is taken`);
    return result.user;
  }

  it('logs in with the address, in any case, and the password', async () => {
    const user = await created({ ...ann, phone: '0912345678' });
    expect(user).toMatchObject({ id: expect.stringMatching(/^user_[\da-f]{16}$/), number: 1, phone: '0912345678' });
    expect(user).toMatchObject({ email: ann.email, userName: null, address: null, role: 'customer' });
    expect(await users.authenticate('ANN@EXAMPLE.COM', ann.password)).toEqual(user);
    expect(await users.find(user.id)).toEqual(user);
  });

  it('logs in with a user name, in any case, and the password', async () => {
    const user = await created(bob);
    expect(user).toMatchObject({ email: null, userName: 'Bob', phone: null });
    expect(await users.authenticate('bOB', bob.password)).toEqual(user);
  });

  it('does not log in with another password, and nobody does without an account', async () => {
    await created(ann);
    expect(await users.authenticate(ann.email, 'wrong')).toBeUndefined();
    expect(await users.authenticate('bob@example.com', ann.password)).toBeUndefined();
  });

  it('costs as much to look for in vain as to find', async () => {
    const registry = createMetrics('test');
    users = new Users(database.pool, new Passwords(new AuthMetrics(registry)));
    await created(ann);
    const checks = async () => /holdfast_password_seconds_count\S* (\d+)/.exec(await registry.metrics())?.[1];
    expect(await checks()).toBe('1');
    await users.authenticate(ann.email, 'wrong');
    expect(await checks()).toBe('2');
    await users.authenticate('nobody@example.com', 'wrong');
    expect(await checks()).toBe('3');
  });

  it('has an address and a name that nobody else has, in any case', async () => {
    await created(ann);
    await created(bob);
    expect(await users.create({ ...ann, email: 'ann@EXAMPLE.com' })).toEqual({ outcome: 'taken', field: 'email' });
    expect(await users.create({ ...bob, userName: 'bob' })).toEqual({ outcome: 'taken', field: 'userName' });
  });

  it('has an address and a name that nobody else has, however they are composed', async () => {
    const [email, userName] = ['jos\u00e9@example.com', 'Jos\u00e9１'];
    const mailed = await created({ ...ann, email: email.normalize('NFD') });
    const named = await created({ ...bob, userName: userName.normalize('NFD') });
    expect([mailed.email, named.userName]).toEqual([email, 'Jos\u00e91']);
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
      const [address, name] = [email.normalize(form), userName.normalize(form)];
      expect(await users.create({ ...ann, email: address })).toEqual({ outcome: 'taken', field: 'email' });
      expect(await users.create({ ...bob, userName: name })).toEqual({ outcome: 'taken', field: 'userName' });
      expect(await users.authenticate(address, ann.password)).toEqual(mailed);
      expect(await users.authenticate(name, bob.password)).toEqual(named);
      expect(await users.named(address)).toEqual([mailed]);
      expect(await users.named(name)).toEqual([named]);
    }
  });

  it('is found by a name that was composed otherwise before it mattered, if nobody else has it', async () => {
    await database.drop();
    database = await freshDatabase(authMigrations.slice(0, 2));
    const add = `insert into users (id, email, user_name, name, role, password_hash) values ($1, $2, $3, 'x', 'staff', '')`;
    const [composed, decomposed] = ['jos\u00e9', 'jose\u0301'];
    for (const [id, email, userName] of [
      ['a', `${decomposed}@x`, null],
      ['b', `${composed}@x`, null],
      ['c', `ann${decomposed}@x`, `１`],
      ['d', null, decomposed],
      ['e', null, 'ｊｏｓé'],
    ]) {
      await database.pool.query(add, [id, email, userName]);
    }
    await migrate(database.pool, authMigrations);
    const { rows } = await database.pool.query('select id, email, user_name as name from users order by id');
    expect(rows).toEqual([
      { id: 'a', email: `${decomposed}@x`, name: null },
      { id: 'b', email: `${composed}@x`, name: null },
      { id: 'c', email: `ann${composed}@x`, name: '1' },
      { id: 'd', email: null, name: composed },
      { id: 'e', email: null, name: 'ｊｏｓé' },
    ]);
  });

  it('is created once by many who ask at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => users.create(ann)));
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
  });

  it('has no name to log in with that could be an address, and one or the other', async () => {
    await expect(created({ ...bob, userName: 'bob@example.com' })).rejects.toThrow('users_user_name_is_no_email');
    const nameless = `insert into users (id, name, role, password_hash) values ('user_0', 'x', 'staff', '')`;
    await expect(database.pool.query(nameless)).rejects.toThrow('users_can_log_in');
  });

  it('is found by whatever it goes by', async () => {
    const user = await created(ann);
    const namesake = await created({ ...bob, userName: '1' });
    for (const name of ['ann@example.com', user.id]) expect(await users.named(name)).toEqual([user]);
    expect(await users.named('1')).toEqual([user, namesake]);
    expect(await users.named('nobody')).toEqual([]);
    await created({ ...bob, userName: user.id });
    expect(await users.named(user.id)).toEqual([user]);
    expect(await users.idOf('2')).toBe(namesake.id);
  });

  it('has a number, which is read once, and again only after so many others', async () => {
    users = new Users(database.pool, new Passwords(), 2);
    const [first, second, third] = [
      await created(ann),
      await created(bob),
      await created({ ...bob, userName: 'carol' }),
    ];
    expect(await users.numberOf('user_0000000000000000')).toBeUndefined();
    for (const { id, number } of [first, second]) expect(await users.numberOf(id)).toBe(number);
    await database.pool.query('delete from users where id = any($1)', [[first.id, second.id]]);
    for (const { id, number } of [first, second]) expect(await users.numberOf(id)).toBe(number);
    expect(await users.numberOf(third.id)).toBe(third.number);
    expect(await users.numberOf(first.id)).toBeUndefined();
  });

  it('has a number that is read with those of others', async () => {
    const [first, second] = [await created(ann), await created(bob)];
    expect(await users.numbersOf([])).toEqual(new Map());
    expect(await users.numberOf(first.id)).toBe(first.number);
    const both = [first, second].map(({ id, number }) => [id, number] as const);
    const ids = [second.id, first.id, second.id, 'user_0000000000000000'];
    expect(await users.numbersOf(ids)).toEqual(new Map(both));
    await database.pool.query('delete from users');
    expect(await users.numbersOf(ids)).toEqual(new Map(both));
  });

  it('finds room for a password when a crowd at another address has all that one may have', async () => {
    const passwords = new Passwords();
    users = new Users(database.pool, passwords);
    const crowd = Promise.allSettled(Array.from({ length: 60 }, () => passwords.hash('x', '2001:db8::1')));
    await expect(users.create(ann, '2001:db8::2')).rejects.toBeInstanceOf(TooManyWaiting);
    expect(await users.create(ann, '2001:db8:0:1::1')).toMatchObject({ outcome: 'created' });
    expect((await crowd).filter(({ status }) => status === 'rejected')).toHaveLength(36);
  });

  it('is listed by number', async () => {
    const all = [await created(ann), await created(bob), await created({ ...bob, userName: 'carol' })];
    expect(await users.list(0, 2)).toEqual(all.slice(0, 2));
    expect(await users.list(all[1]?.number ?? 0, 2)).toEqual(all.slice(2));
  });

  it('is not kept with a password that anybody could read', async () => {
    await created(ann);
    const { rows } = await database.pool.query<{ password_hash: string }>('select * from users');
    expect(JSON.stringify(rows)).not.toContain(ann.password);
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$/);
  });
});
