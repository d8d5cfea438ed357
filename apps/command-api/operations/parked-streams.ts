import { feed } from '#feeds';
import type { Pool } from '#platform';
import { requestAction } from '#projections';
import { readModels } from '#read-models';
import { webhooksFeed } from '#webhooks';

/** Everything that parks streams. */
const parking = [...readModels.map(({ projection }) => projection), feed, webhooksFeed];

export type ParkedAction = 'retry' | 'skip';

export class ParkedStreams {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** False if the stream is not parked. */
  async request(name: string, stream: string, action: ParkedAction): Promise<boolean> {
    const projection = parking.find((each) => each.name === name);
    // PostgreSQL's text has no NUL.
    if (projection === undefined || stream.includes('\0')) return false;
    return requestAction(this.#pool, projection, stream, action);
  }
}
