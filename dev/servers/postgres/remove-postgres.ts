import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { claimDirectory } from '../process/claim-directory.ts';
import { postgresStopSteps } from './stop-steps.ts';

/** Removes a data directory and its password, stopping an orphaned server first. */
export async function removePostgres(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) await claimDirectory(dataDir, 'postgres', postgresStopSteps);
  for (const path of [dataDir, `${dataDir}.creating`, `${dataDir}.password`]) {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}
