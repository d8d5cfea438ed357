import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { claimDirectory } from '../process/claim-directory.ts';
import { redisStopSteps } from './stop-steps.ts';

/** Removes a data directory, stopping an orphaned server first. */
export async function removeRedis(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) await claimDirectory(dataDir, 'redis-server', redisStopSteps);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}
