import { itemStock, stockStream } from '#domain';
import { connectEventStore } from '#event-store/connect';
import { HoldIds } from '#ids';
import { createRedis, untilConnected, type Redis } from '#platform';
import { call, startSystem, type RunningSystem, type Service } from '#dev/testing';
import { HotStock } from '../end-to-end/linearizable/hot-stock.ts';
import { violationsOf } from '../end-to-end/linearizable/violations.ts';
import { Buyers } from './buyers.ts';

const password = 'correct horse battery';
const kills = 4;
/** In answers, from one killing to the next. */
const meanLife = 60;
const inFlight = 32;
const violationsShown = 10;

describe('a command-api that is killed under load', () => {
  let system: RunningSystem;
  let redis: Redis;

  beforeAll(async () => {
    system = await startSystem({
      HOLDFAST_WRITES_PER_MINUTE_MAX: '0',
      HOLDFAST_LOG_LEVEL: 'error',
      // The keys of those who are gone are free again so much sooner.
      HOLDFAST_REQUEST_TIMEOUT_MS: '3000',
    });
    redis = createRedis(system.env['REDIS_URL'] ?? '');
    await untilConnected(redis);
  });

  afterAll(async () => {
    redis.disconnect();
    await system.stop();
  });

  async function hotItem(): Promise<HotStock> {
    const email = 'staff@example.com';
    const args = ['users', 'create', '--email', email, '--name', 's', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    const { url } = system.commandApi;
    const { token } = (await call(`${url}/auth/login`, { body: { email, password } })).body;
    await call(`${url}/products`, { body: { id: 'hot', name: 'x', price: 1 }, token });
    await call(`${url}/stock`, { body: { product_id: 'hot', stock: 1_000_000 }, token });
    const holdIds = new HoldIds(system.env['HOLDFAST_ID_SECRET'] ?? '');
    return new HotStock('/items/hot', stockStream(itemStock('hot')), holdIds);
  }

  async function customer(): Promise<{ userId: string; token: string }> {
    const newUser = { email: 'ann@example.com', password, name: 'Ann', phone: '0912345678' };
    const { body } = await call(`${system.commandApi.url}/auth/register`, { body: newUser });
    return { userId: body.user.id, token: body.token };
  }

  it('leaves each purchase that was acknowledged there once, and none there twice', async () => {
    const stock = await hotItem();
    const processes: Service[] = [system.commandApi, await system.start('command-api')];
    const origins = processes.map(({ url }) => url);
    const buyers = new Buyers(stock, await customer(), origins);
    const buying = buyers.run(inFlight);
    for (let killed = 0; killed < kills; killed++) {
      await buyers.answered(1 + Math.floor(Math.random() * 2 * meanLife));
      const at = killed % processes.length;
      processes[at]?.child.kill();
      // Whoever still works on a key is then not known to, and the store alone tells what is a repeat.
      if (killed % 3 === 2) await redis.flushdb();
      const successor = await system.start('command-api');
      processes[at] = successor;
      origins[at] = successor.url;
    }
    buyers.stop();
    await buying;
    const store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
    const events = await stock.recorded(store);
    await store.close();
    const { operations } = buyers;
    expect(violationsOf({ operations, events }).slice(0, violationsShown)).toEqual([]);
    expect(operations.filter(({ answer }) => answer !== undefined && 'rejected' in answer)).toEqual([]);
    expect(buyers.lost).toBeGreaterThan(kills);
  });
});
