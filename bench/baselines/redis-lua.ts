import { Redis } from 'ioredis';
import type { OpenContender } from '../harness/contender.ts';

const script = `
  local left = tonumber(redis.call('get', KEYS[1]))
  if left < tonumber(ARGV[1]) then return 0 end
  redis.call('decrby', KEYS[1], ARGV[1])
  return 1`;

/** The minimum: one number in the memory of one server. It records nothing and loses everything in a crash. */
export const openRedisLua: OpenContender = async ({ volatileRedis }, connections) => {
  const clients = Array.from({ length: connections }, () => new Redis(volatileRedis, { enableAutoPipelining: true }));
  const [first] = clients;
  if (first === undefined) throw new RangeError('needs a connection');
  const sha = (await first.script('LOAD', script)) as string;
  await Promise.all(clients.map((client) => client.ping()));
  const provided = new Map<string, number>();
  let turn = 0;
  return {
    provide: async (items, units, purchasesBefore) => {
      for (const item of items) provided.set(item, units);
      await first.mset(new Map(items.map((item) => [item, units - purchasesBefore])));
    },
    purchase: async ({ item }) => {
      turn = (turn + 1) % clients.length;
      const answer = await (clients[turn] as Redis).evalsha(sha, 1, item, 1);
      return answer === 1 ? 'bought' : 'rejected';
    },
    recorded: async () => {
      const left = await first.mget([...provided.keys()]);
      return [...provided.values()].reduce((sum, units, index) => sum + units - Number(left[index]), 0);
    },
    close: async () => void (await Promise.all(clients.map((client) => client.quit()))),
  };
};
