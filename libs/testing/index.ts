export { freshDatabase, type FreshDatabase } from './fresh-database.ts';
export { freshRedis } from './fresh-redis.ts';
export { call, type Answer, type Call } from './http-client.ts';
export { startSystem, type RunningSystem, type Service } from './running-system.ts';
