import { randomUUID } from 'node:crypto';
import { call, startSystem, type Answer, type RunningSystem, type Service } from '#dev/testing';
import { storeOf } from './event-stores.ts';

const password = 'correct horse battery';

export const shippingInfo = {
  recipientName: '王小明',
  recipientPhone: '0912345678',
  city: '台北市',
  district: '信義區',
  address: '市府路1號',
  postalCode: '110',
};

export interface Line {
  readonly id: string | number;
  readonly quantity: number;
  readonly holdId?: string;
}

export interface Sent {
  readonly key?: string;
  readonly to?: Service;
}

/** A running system with users who order, and products that they can order. */
export interface Shop {
  readonly system: RunningSystem;
  readonly staff: string;
  readonly ann: string;
  readonly bob: string;
  send(method: string, path: string, token: string, body?: unknown, sent?: Sent): Promise<Answer>;
  /** Sees what `after` says is done. */
  get(path: string, token: string, after?: Answer): Promise<Answer>;
  /** Creates a product with this many units. */
  item(units: number, details?: object): Promise<string>;
  order(lines: readonly Line[], token?: string, more?: object, sent?: Sent): Promise<Answer>;
  hold(itemId: string, quantity: number, token?: string, ttlSeconds?: number): Promise<string>;
  /** How many units can be ordered. */
  available(itemId: string, after: Answer): Promise<number>;
  user(email: string, role?: 'customer' | 'staff'): Promise<string>;
  close(): Promise<void>;
}

export async function startShop(kind: Parameters<typeof storeOf>[0], settings: NodeJS.ProcessEnv = {}): Promise<Shop> {
  const events = await storeOf(kind);
  const system = await startSystem({ HOLDFAST_WRITES_PER_MINUTE_MAX: '0', ...events.settings, ...settings });

  const user: Shop['user'] = async (email, role = 'customer') => {
    if (role === 'customer') {
      const body = { email, password, name: email, phone: '0912345678' };
      return (await call(`${system.commandApi.url}/auth/register`, { body })).body.token as string;
    }
    const args = ['users', 'create', '--email', email, '--name', email, '--role', role, '--password-stdin'];
    await system.cli(args, password);
    return (await call(`${system.commandApi.url}/auth/login`, { body: { email, password } })).body.token as string;
  };
  const [staff, ann, bob] = await Promise.all([
    user('staff@example.com', 'staff'),
    user('ann@example.com'),
    user('bob@example.com'),
  ]);

  const send: Shop['send'] = (method, path, token, body, { key, to = system.commandApi } = {}) => {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return call(`${to.url}${path}`, { method, token, body, headers });
  };
  const get: Shop['get'] = (path, token, after) => {
    const seen = after?.headers.get('consistency-token');
    return call(`${system.queryApi.url}${path}`, { token, headers: seen ? { 'consistency-token': seen } : {} });
  };
  const item: Shop['item'] = async (units, details = {}) => {
    const id = `prod_${randomUUID().slice(0, 8)}`;
    await send('POST', '/products', staff, { id, name: 'Lamp', price: 500, ...details });
    if (units > 0) await send('POST', '/stock', staff, { product_id: id, stock: units });
    return id;
  };
  const order: Shop['order'] = (items, token = ann, more = {}, sent = {}) =>
    send('POST', '/orders', token, { items, shippingInfo, paymentMethod: 'cod', ...more }, sent);
  const hold: Shop['hold'] = async (itemId, quantity, token = ann, ttlSeconds = 300) => {
    const body = { quantity, ttlSeconds };
    return (await send('POST', `/items/${itemId}/hold`, token, body, { key: randomUUID() })).body.id as string;
  };
  const available: Shop['available'] = async (itemId, after) =>
    (await get(`/stock/${itemId}`, staff, after)).body.stock as number;
  const close = async (): Promise<void> => {
    await system.stop();
    await events.close();
  };
  return { system, staff, ann, bob, send, get, item, order, hold, available, user, close };
}
