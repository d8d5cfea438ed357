import { randomBytes, randomUUID } from 'node:crypto';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import type { Appends } from './appends.ts';
import { storeStream } from './log-record.ts';
import { streamRequest } from './read-requests.ts';
import type { Reads } from './reads.ts';

const roundsMax = 3;

/** The id of the store, created by the first client that connects. */
export async function nameStore(reads: Reads, appends: Appends): Promise<string> {
  for (let round = 0; round < roundsMax; round++) {
    const [first] = await reads.page(streamRequest(storeStream, { limit: 1 }));
    if (first !== undefined) return (JSON.parse(Buffer.from(first.data).toString()) as { id: string }).id;
    const data = JSON.stringify({ id: randomBytes(6).toString('hex') });
    // Whatever the result, the next iteration reads the id that was written.
    const naming = { id: randomUUID(), type: 'StoreNamed', data, metadata: '{}' };
    await appends.append(storeStream, 'none', [naming]).catch((error: unknown) => {
      if (!(error instanceof OutcomeUnknown)) throw error;
    });
  }
  throw new StoreUnavailable('EventStoreDB does not return an event that was appended');
}
