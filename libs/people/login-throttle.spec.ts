import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { addressHash, authMigrations, LoginThrottle, Users } from './index.ts';

const wrong = () => Promise.resolve(undefined);
const right = () => Promise.resolve('yes');
const broken = () => Promise.reject(new Error('away'));
const options = { windowSeconds: 300, perAccountMax: 3, perAddressMax: 5 };
const spacingSeconds = 100;

describe('the throttle of logins', () => {
  let database: FreshDatabase;
  let throttle: LoginThrottle;

  beforeEach(async () => {
    database = await freshDatabase(authMigrations);
    throttle = new LoginThrottle(database.pool, addressHash('a secret of this test'), options);
  });

  afterEach(() => database.drop());

  const from = (address: string, account: string) => ({ address, account });

  async function passTime(seconds: number): Promise<void> {
    await database.pool.query('update login_attempts set ends_at = ends_at - make_interval(secs => $1)', [seconds]);
    await database.pool.query(
      `update login_queues set next_at = next_at - make_interval(secs => $1::integer), places = coalesce(
         (select jsonb_object_agg(key, value::float8 - $1::integer * 1000) from jsonb_each_text(places)), '{}')`,
      [seconds],
    );
  }

  async function knownUser(email: string, address: string): Promise<string> {
    const created = await new Users(database.pool).create({ email, name: 'x', role: 'customer', password: 'p' });
    if (created.outcome !== 'created') throw new Error('taken');
    await throttle.remember(created.user.id, address);
    return created.user.id;
  }

  it('lets an account be guessed at so often, wherever the guesses come from, and then says when to come back', async () => {
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      expect(await throttle.login(from(address, 'ann\u00e9@example.com'), wrong)).toEqual({ outcome: 'wrong' });
    }
    // Composed otherwise, too.
    const rejected = await throttle.login(from('192.0.2.4', 'ANNE\u0301@example.com'), right);
    expect(rejected).toEqual({ outcome: 'throttled', retryAfterSeconds: expect.any(Number) });
    expect(rejected.outcome === 'throttled' && rejected.retryAfterSeconds).toBeGreaterThan(spacingSeconds - 10);
    expect(await throttle.login(from('192.0.2.4', 'bob'), right)).toEqual({ outcome: 'right', value: 'yes' });
  });

  it('lets an owner in from where they logged in before, whatever others do elsewhere', async () => {
    const userId = await knownUser('ann@example.com', '192.0.2.1');
    for (let host = 1; host < 40; host++) await throttle.login(from(`198.51.100.${host}`, 'ann@example.com'), wrong);
    const elsewhere = await throttle.login(from('203.0.113.1', 'ann@example.com'), right);
    expect(elsewhere).toMatchObject({ outcome: 'throttled', userId });
    expect(await throttle.login(from('192.0.2.1', 'ANN@example.com'), right)).toMatchObject({ outcome: 'right' });
  });

  it('lets an owner in from there though others of that network have spent what it may guess', async () => {
    await knownUser('ann@example.com', '192.0.2.1');
    for (let account = 0; account < 6; account++) await throttle.login(from('192.0.2.1', `user ${account}`), wrong);
    expect(await throttle.login(from('192.0.2.1', 'bob'), right)).toMatchObject({ outcome: 'throttled' });
    expect(await throttle.login(from('192.0.2.1', 'ann@example.com'), right)).toMatchObject({ outcome: 'right' });
  });

  it('bounds what is guessed from where the owner logged in before', async () => {
    const userId = await knownUser('ann@example.com', '192.0.2.1');
    for (let time = 0; time < 3; time++) {
      expect(await throttle.login(from('192.0.2.1', 'ann@example.com'), wrong)).toEqual({ outcome: 'wrong', userId });
    }
    const rejected = { outcome: 'throttled', userId };
    expect(await throttle.login(from('192.0.2.1', 'ann@example.com'), right)).toMatchObject(rejected);
    await passTime(options.windowSeconds);
    expect(await throttle.login(from('192.0.2.1', 'ann@example.com'), right)).toMatchObject({ outcome: 'right' });
  });

  it('lets an owner in from a new network in its turn, while another network goes on guessing', async () => {
    const hammer = async (): Promise<string[]> => {
      const outcomes = [];
      for (let time = 0; time < 4; time++) {
        outcomes.push((await throttle.login(from('198.51.100.1', 'ann'), wrong)).outcome);
      }
      return outcomes;
    };
    expect(await hammer()).toEqual(['wrong', 'wrong', 'wrong', 'throttled']);
    const owner = from('192.0.2.1', 'ann');
    expect(await throttle.login(owner, right)).toMatchObject({ outcome: 'throttled' });
    await passTime(spacingSeconds);
    expect(await hammer()).toEqual(['wrong', 'throttled', 'throttled', 'throttled']);
    expect(await throttle.login(owner, right)).toMatchObject({ outcome: 'throttled' });
    await passTime(spacingSeconds);
    expect(await throttle.login(owner, right)).toMatchObject({ outcome: 'right' });
  });

  it('keeps the place of whoever could not try when it was theirs', async () => {
    for (let time = 0; time < 3; time++) await throttle.login(from('198.51.100.1', 'ann'), wrong);
    expect(await throttle.login(from('192.0.2.1', 'ann'), right)).toMatchObject({ outcome: 'throttled' });
    await passTime(spacingSeconds);
    await expect(throttle.login(from('192.0.2.1', 'ann'), broken)).rejects.toThrow('away');
    expect(await throttle.login(from('198.51.100.1', 'ann'), right)).toMatchObject({ outcome: 'throttled' });
    expect(await throttle.login(from('192.0.2.1', 'ann'), right)).toMatchObject({ outcome: 'right' });
  });

  it('does to an account that nobody has what it does to one that somebody has', async () => {
    await knownUser('ann@example.com', '192.0.2.1');
    const seen = [];
    for (const account of ['ann@example.com', 'nobody@example.com']) {
      const answers = [];
      for (let host = 1; host < 10; host++) {
        const { outcome } = await throttle.login(from(`198.51.100.${host}`, account), wrong);
        answers.push(outcome);
      }
      seen.push(answers);
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  it('remembers so many networks of a user, the ones last used, for so long', async () => {
    const userId = await knownUser('ann@example.com', '192.0.2.0');
    for (let host = 1; host < 12; host++) await throttle.remember(userId, `192.0.2.${host}`);
    await throttle.remember(userId, '192.0.2.11');
    const known = async () => (await database.pool.query('select network, used_at from known_networks')).rows;
    expect(await known()).toHaveLength(10);
    await throttle.remember('user_0', '192.0.2.1');
    expect(await known()).toHaveLength(10);
    for (let time = 0; time < 4; time++) await throttle.login(from('198.51.100.1', 'ann@example.com'), wrong);
    expect(await throttle.login(from('192.0.2.0', 'ann@example.com'), right)).toMatchObject({ outcome: 'throttled' });
    expect(await throttle.login(from('192.0.2.11', 'ann@example.com'), right)).toMatchObject({ outcome: 'right' });
    await database.pool.query(`update known_networks set used_at = now() - interval '91 days'`);
    expect(await throttle.login(from('192.0.2.11', 'ann@example.com'), right)).toMatchObject({ outcome: 'throttled' });
  });

  it('lets an address guess so often, whatever it guesses at, and makes no rows for it beyond', async () => {
    for (let account = 0; account < 5; account++) await throttle.login(from('192.0.2.1', `user ${account}`), wrong);
    for (let account = 5; account < 9; account++) {
      expect(await throttle.login(from('192.0.2.1', `user ${account}`), right)).toMatchObject({ outcome: 'throttled' });
    }
    const { rows } = await database.pool.query(
      'select key from login_attempts union all select account from login_queues',
    );
    expect(rows).toHaveLength(6);
    expect(await throttle.login(from('192.0.2.2', 'user 9'), right)).toMatchObject({ outcome: 'right' });
  });

  it('takes a network for an address where there are more addresses than anybody could count', async () => {
    for (let host = 0; host < 5; host++) await throttle.login(from(`2001:db8::${host}`, `user ${host}`), wrong);
    expect(await throttle.login(from('2001:db8::ffff:1', 'ann'), right)).toMatchObject({ outcome: 'throttled' });
    expect(await throttle.login(from('2001:db8:0:1::1', 'ann'), right)).toMatchObject({ outcome: 'right' });
  });

  it.each(['::ffff:192.0.2.1', 'fe80::1%eth0', 'unknown', ''])('takes %j for an address, too', async (address) => {
    expect(await throttle.login(from(address, 'ann'), wrong)).toEqual({ outcome: 'wrong' });
  });

  it('does not count who is right, nor what could not be tried', async () => {
    const userId = await knownUser('ann@example.com', '192.0.2.1');
    for (const login of [from('192.0.2.1', 'ann@example.com'), from('192.0.2.2', 'ann@example.com')]) {
      for (let time = 0; time < 9; time++) {
        expect(await throttle.login(login, right)).toMatchObject({ outcome: 'right' });
        await expect(throttle.login(login, broken)).rejects.toThrow('away');
        expect(await throttle.changePassword(userId, right)).toMatchObject({ outcome: 'right' });
        await expect(throttle.changePassword(userId, broken)).rejects.toThrow('away');
      }
    }
  });

  it('does not let a stranger who logs in with somebody’s id keep them from changing their password', async () => {
    for (let time = 0; time < 4; time++) await throttle.login(from('192.0.2.1', 'user_1'), wrong);
    for (let time = 0; time < 3; time++) {
      expect(await throttle.changePassword('user_1', wrong)).toEqual({ outcome: 'wrong' });
    }
    expect(await throttle.changePassword('user_1', right)).toMatchObject({ outcome: 'throttled' });
  });

  it('counts guesses that are made at once', async () => {
    await knownUser('ann@example.com', '192.0.2.1');
    for (const [account, host] of [['bob', 1] as const, ['ann@example.com', 1] as const, ['carol', 2] as const]) {
      const guesses = Array.from({ length: 8 }, (_, n) => from(`192.0.2.${account === 'carol' ? n : host}`, account));
      const outcomes = await Promise.all(guesses.map((guess) => throttle.login(guess, wrong)));
      expect(outcomes.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(3);
    }
  });

  it('lets an address register so often, whoever is new or known, and log in beside it', async () => {
    const address = '192.0.2.1';
    for (const work of [right, wrong, right, wrong, right]) {
      await expect(throttle.register(address, broken)).rejects.toThrow('away');
      expect((await throttle.register(address, work)).outcome).toBe(work === right ? 'right' : 'wrong');
    }
    expect(await throttle.register(address, right)).toMatchObject({ outcome: 'throttled' });
    expect(await throttle.login(from(address, 'ann'), right)).toMatchObject({ outcome: 'right' });
    expect(await throttle.register('192.0.2.2', right)).toMatchObject({ outcome: 'right' });
  });

  it('begins anew when its time is over', async () => {
    const guess = () => throttle.login(from('192.0.2.1', 'ann'), wrong);
    for (let time = 0; time < 3; time++) await guess();
    expect(await throttle.login(from('192.0.2.2', 'ann'), wrong)).toMatchObject({ outcome: 'throttled' });
    await passTime(2 * options.windowSeconds);
    for (let time = 0; time < 3; time++) expect(await guess()).toEqual({ outcome: 'wrong' });
    expect(await guess()).toMatchObject({ outcome: 'throttled' });
  });

  it('writes down nobody’s name and nobody’s address', async () => {
    await throttle.login(from('192.0.2.1', 'ann@example.com'), wrong);
    const userId = await knownUser('ann@example.com', '192.0.2.1');
    await throttle.login(from('192.0.2.1', 'ann@example.com'), wrong);
    for (let time = 0; time < 3; time++) await throttle.login(from('192.0.2.3', 'ann@example.com'), wrong);
    const { rows: attempts } = await database.pool.query<{ key: string }>(
      'select key from login_attempts order by key',
    );
    expect(attempts.map(({ key }) => key.split(' ')[0])).toEqual(['address', 'address', 'known']);
    for (const { key } of attempts) expect(key).toMatch(/^\w+ [\da-f]{64}$/);
    const { rows: queues } = await database.pool.query('select * from login_queues');
    expect(queues).toEqual([expect.objectContaining({ account: expect.stringMatching(/^[\da-f]{64}$/) })]);
    expect(Object.keys(queues[0]?.places)).toEqual([expect.stringMatching(/^[\w-]{22}$/)]);
    const { rows: known } = await database.pool.query('select user_id, network from known_networks');
    expect(known).toEqual([{ user_id: userId, network: expect.stringMatching(/^[\w-]{22}$/) }]);
  });
});
