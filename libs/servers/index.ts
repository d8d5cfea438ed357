export { freePort, portTaken } from './process/free-port.ts';
export { Child, type ChildSpec, type Exit, type StopStep } from './process/child.ts';
export { environmentOf, processesWith } from './process/process-table.ts';
export { run } from './process/run.ts';
export { stopProcess } from './process/stop-process.ts';
export { type Server } from './server.ts';
export { startPostgres, type PostgresOptions } from './postgres/start-postgres.ts';
export { startRedis, type RedisOptions } from './redis/start-redis.ts';
