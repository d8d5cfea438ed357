import { freshDatabase, type FreshDatabase } from '#testing';
import { authMigrations, LoginThrottle } from './index.ts';

const wrong = () => Promise.resolve(undefined);
const right = () => Promise.resolve('yes');

describe('the throttle of logins', () => {
  let database: FreshDatabase;
  let throttle: LoginThrottle;

  beforeEach(async () => {
    database = await freshDatabase(authMigrations);
    throttle = new LoginThrottle(database.pool, { windowSeconds: 300, perAccountMax: 3, perAddressMax: 5 });
  });

  afterEach(() => database.drop());

  const from = (address: string, account: string) => ({ address, account });

  async function endWindows(): Promise<void> {
    await database.pool.query('update login_attempts set ends_at = now()');
  }

  it('lets an account be guessed at so often, wherever the guesses come from, and then says when to come back', async () => {
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      expect(await throttle.guess(from(address, 'ann\u00e9@example.com'), wrong)).toEqual({ outcome: 'wrong' });
    }
    // Composed otherwise, too.
    const refused = await throttle.guess(from('192.0.2.4', 'ANNE\u0301@example.com'), right);
    expect(refused).toEqual({ outcome: 'throttled', retryAfterSeconds: expect.any(Number) });
    expect(refused.outcome === 'throttled' && refused.retryAfterSeconds).toBeGreaterThan(290);
    expect(await throttle.guess(from('192.0.2.4', 'bob'), right)).toEqual({ outcome: 'right', value: 'yes' });
  });

  it('lets an address guess so often, whatever it guesses at, and makes no rows for it beyond', async () => {
    for (let account = 0; account < 5; account++) await throttle.guess(from('192.0.2.1', `user ${account}`), wrong);
    for (let account = 5; account < 9; account++) {
      expect(await throttle.guess(from('192.0.2.1', `user ${account}`), right)).toMatchObject({ outcome: 'throttled' });
    }
    const { rows } = await database.pool.query('select key from login_attempts');
    expect(rows).toHaveLength(6);
    expect(await throttle.guess(from('192.0.2.2', 'user 9'), right)).toMatchObject({ outcome: 'right' });
  });

  it('takes a network for an address where there are more addresses than anybody could count', async () => {
    for (let host = 0; host < 5; host++) await throttle.guess({ address: `2001:db8::${host}` }, wrong);
    expect(await throttle.guess({ address: '2001:db8::ffff:1' }, right)).toMatchObject({ outcome: 'throttled' });
    expect(await throttle.guess({ address: '2001:db8:0:1::1' }, right)).toMatchObject({ outcome: 'right' });
  });

  it.each(['::ffff:192.0.2.1', 'fe80::1%eth0', 'unknown', ''])('takes %j for an address, too', async (address) => {
    expect(await throttle.guess({ address }, wrong)).toEqual({ outcome: 'wrong' });
  });

  it('does not count who is right, nor what could not be tried', async () => {
    const broken = () => Promise.reject(new Error('away'));
    for (let time = 0; time < 9; time++) {
      expect(await throttle.guess(from('192.0.2.1', 'ann'), right)).toMatchObject({ outcome: 'right' });
      await expect(throttle.guess(from('192.0.2.1', 'ann'), broken)).rejects.toThrow('away');
    }
  });

  it('does not let a stranger who logs in with somebody’s id keep them from changing their password', async () => {
    for (let time = 0; time < 4; time++) await throttle.guess({ account: 'user_1' }, wrong);
    for (let time = 0; time < 3; time++) {
      expect(await throttle.guess({ passwordOf: 'user_1' }, wrong)).toEqual({ outcome: 'wrong' });
    }
    expect(await throttle.guess({ passwordOf: 'user_1' }, right)).toMatchObject({ outcome: 'throttled' });
  });

  it('counts guesses that are made at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => throttle.guess({ account: 'ann' }, wrong)));
    expect(outcomes.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(3);
  });

  it('lets an address register so often, whoever is new or known, and log in beside it', async () => {
    const address = '192.0.2.1';
    const broken = () => Promise.reject(new Error('away'));
    for (const work of [right, wrong, right, wrong, right]) {
      await expect(throttle.register(address, broken)).rejects.toThrow('away');
      expect((await throttle.register(address, work)).outcome).toBe(work === right ? 'right' : 'wrong');
    }
    expect(await throttle.register(address, right)).toMatchObject({ outcome: 'throttled' });
    expect(await throttle.guess(from(address, 'ann'), right)).toMatchObject({ outcome: 'right' });
    expect(await throttle.register('192.0.2.2', right)).toMatchObject({ outcome: 'right' });
  });

  it('begins anew when its time is over', async () => {
    for (let time = 0; time < 4; time++) await throttle.guess({ account: 'ann' }, wrong);
    await endWindows();
    for (let time = 0; time < 3; time++) {
      expect(await throttle.guess({ account: 'ann' }, wrong)).toEqual({ outcome: 'wrong' });
    }
    expect(await throttle.guess({ account: 'ann' }, wrong)).toMatchObject({ outcome: 'throttled' });
  });

  it('writes down nobody’s name and nobody’s address', async () => {
    await throttle.guess(from('192.0.2.1', 'ann@example.com'), wrong);
    const { rows } = await database.pool.query<{ key: string }>('select key from login_attempts order by key');
    expect(rows.map(({ key }) => key)).toEqual([
      expect.stringMatching(/^account [\da-f]{64}$/),
      expect.stringMatching(/^address [\da-f]{64}$/),
    ]);
  });
});
