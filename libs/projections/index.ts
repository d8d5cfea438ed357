export { CheckpointWatch } from './checkpoint-watch.ts';
export { PostgresSink } from './postgres-sink.ts';
export { defineProjection, type Projection, type ProjectionName, type Row, type Seen } from './projection.ts';
export { decodeRow, redisKeys, RedisSink } from './redis-sink.ts';
export { Runner } from './runner.ts';
export type { Sink } from './sink.ts';
export { projectionMigrations, projectionsExist, viewOf } from './tables.ts';
