import type { Pool } from '#platform';
import { apiKeyColumns, type ApiKey } from './api-key.ts';

/** What is shown of API keys; few enough for one answer. */
export class ApiKeyList {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The newest first. */
  async all(): Promise<ApiKey[]> {
    const { rows } = await this.#pool.query<ApiKey>(
      `select ${apiKeyColumns} from api_keys order by created_at desc, id`,
    );
    return rows;
  }
}
