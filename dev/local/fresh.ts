import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removePostgres, removeRedis } from '#dev/servers';

/** Removes the data and secrets of earlier starts; programs and logs are kept. */
export async function removeData(state: string): Promise<void> {
  await removePostgres(join(state, 'postgres'));
  await removeRedis(join(state, 'redis-data'));
  for (const file of ['secrets.json', 'local.json']) await rm(join(state, file), { force: true });
}
