import { feed } from '#feeds';
import type { Pool } from '#platform';
import { requestAction, type ProjectionName } from '#projections';
import type { ReadModel } from '#read-models';
import { webhooksFeed } from '#webhooks';

export type ParkedAction = 'retry' | 'skip';

export class ParkedStreams {
  readonly #pool: Pool;
  /** Everything that parks streams. */
  readonly #parking: readonly ProjectionName[];

  constructor(pool: Pool, readModels: readonly ReadModel[]) {
    this.#pool = pool;
    this.#parking = [...readModels.map(({ projection }) => projection), feed, webhooksFeed];
  }

  /** False if the stream is not parked. */
  async request(name: string, stream: string, action: ParkedAction): Promise<boolean> {
    const projection = this.#parking.find((each) => each.name === name);
    // PostgreSQL's text has no NUL.
    if (projection === undefined || stream.includes('\0')) return false;
    return requestAction(this.#pool, projection, stream, action);
  }
}
