export { decisionsOf } from './decisions.ts';
export { faultyStore, gatedStore, type Fault } from './faulty-store.ts';
export { freshDatabase, type FreshDatabase } from './fresh-database.ts';
export { freshRedis } from './fresh-redis.ts';
export { call, type Answer, type Call } from './http-client.ts';
export { startSystem, type RunningSystem, type Service } from './running-system.ts';
export { balanceOf, holdOf, provided } from './stock-events.ts';
export { anyHistory } from './stock-commands.ts';
export { NaiveStock } from './naive-stock.ts';
