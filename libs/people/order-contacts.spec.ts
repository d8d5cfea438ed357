import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { authMigrations, OrderContacts, Users, type ShippingInfo } from './index.ts';

const info: ShippingInfo = {
  recipientName: '王小明',
  recipientPhone: '0912345678',
  city: '台北市',
  district: '信義區',
  address: '市府路1號',
  postalCode: '110',
};

describe('the shipping information of an order', () => {
  let database: FreshDatabase;
  let contacts: OrderContacts;
  let ann: string;

  beforeEach(async () => {
    database = await freshDatabase(authMigrations);
    contacts = new OrderContacts(database.pool);
    ann = await created('ann@example.com');
  });

  afterEach(() => database.drop());

  async function created(email: string): Promise<string> {
    const users = new Users(database.pool);
    const result = await users.create({ email, name: 'Ann', role: 'customer', password: 'correct horse' });
    if (result.outcome !== 'created') throw new Error(`${email} is taken`);
    return result.user.id;
  }

  async function erase(userId: string): Promise<void> {
    await database.pool.query('delete from users where id = $1', [userId]);
  }

  it('is found by the order', async () => {
    expect(await contacts.record('ord_1', ann, info)).toBe('recorded');
    expect(await contacts.find('ord_1')).toEqual(info);
    expect(await contacts.find('ord_2')).toBeUndefined();
  });

  it('stays as the first attempt recorded it, and no other is taken for it', async () => {
    await contacts.record('ord_1', ann, info);
    expect(await contacts.record('ord_1', ann, info)).toBe('recorded');
    expect(await contacts.record('ord_1', ann, { ...info, address: '別處' })).toBe('other');
    expect(await contacts.find('ord_1')).toEqual(info);
  });

  it('is recorded once by many attempts at once', async () => {
    const attempts = Array.from({ length: 20 }, () => contacts.record('ord_1', ann, info));
    expect(new Set(await Promise.all(attempts))).toEqual(new Set(['recorded']));
    expect(await contacts.find('ord_1')).toEqual(info);
  });

  it('is erased with the user, and that of others is not', async () => {
    const bob = await created('bob@example.com');
    await contacts.record('ord_1', ann, info);
    await contacts.record('ord_2', ann, info);
    await contacts.record('ord_3', bob, info);
    await erase(ann);
    expect(await contacts.find('ord_1')).toBeUndefined();
    expect(await contacts.find('ord_2')).toBeUndefined();
    expect(await contacts.find('ord_3')).toEqual(info);
  });

  it('is not recorded for a user who was erased meanwhile', async () => {
    await erase(ann);
    expect(await contacts.record('ord_1', ann, info)).toBe('user-erased');
    expect(await contacts.find('ord_1')).toBeUndefined();
  });

  it('is not recorded for a user who is being erased', async () => {
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      await client.query('delete from users where id = $1', [ann]);
      const recording = contacts.record('ord_1', ann, info);
      await client.query('commit');
      expect(await recording).toBe('user-erased');
    } finally {
      client.release();
    }
    expect(await contacts.find('ord_1')).toBeUndefined();
  });
});
