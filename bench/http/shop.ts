import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { unitsMax } from '#domain';
import { run } from '#dev/servers';

const root = join(import.meta.dirname, '../..');
const password = 'correct horse battery';

/** Prepares a running command-api over its API before the clock starts. */
export class Shop {
  readonly url: string;
  readonly token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** Logs in as a staff user, who may also buy. */
  static async open(url: string, env: NodeJS.ProcessEnv): Promise<Shop> {
    const args = ['users', 'create', '--email', 's@example.com', '--name', 'staff', '--role', 'staff'];
    await run(process.execPath, [join(root, 'dist/apps/cli/main.js'), ...args, '--password-stdin'], {
      env,
      input: password,
    });
    const answer = await fetch(`${url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 's@example.com', password }),
    });
    const { token } = (await answer.json()) as { token: string };
    return new Shop(url, token);
  }

  /** The tokens of new customers. */
  async customers(count: number): Promise<string[]> {
    const tokens: string[] = [];
    while (tokens.length < count) {
      const signup = { user_name: `customer${tokens.length}`, password };
      tokens.push(((await this.#post('/auth/signup', signup)) as { token: string }).token);
    }
    return tokens;
  }

  async item(units: number, id = `prod_${randomUUID().slice(0, 8)}`): Promise<string> {
    await this.#post('/products', { id, name: 'x', price: 1 });
    await this.#post('/stock', { product_id: id, stock: units });
    return id;
  }

  /** An inventory that lends to anybody; its number. */
  async inventory(): Promise<number> {
    const asked = { name: 'x', defaultLendSeconds: 604_800 };
    return ((await this.#post('/inventories', asked)) as { inventory_id: number }).inventory_id;
  }

  /** A new item with units in that inventory. */
  async itemToLend(units: number, inventoryId: number, id: string): Promise<void> {
    await this.#post('/products', { id, name: 'x', price: 1 });
    await this.#post(`/stock/${id}/adjustments`, { delta: units, reason: 'opening', inventory_id: inventoryId });
  }

  /** A request for more people than accept; its number. */
  async request(): Promise<number> {
    const asked = { type: 'Humanpower', required_qty: unitsMax };
    return ((await this.#post('/requests', asked)) as { request_id: number }).request_id;
  }

  async slot(capacity: number): Promise<number> {
    return ((await this.#post('/slots', { capacity })) as { slot_id: number }).slot_id;
  }

  async hold(slot: number, ask: { ttlSeconds: number }, key: string): Promise<void> {
    await this.#post(`/slots/${slot}/hold`, ask, key);
  }

  async #post(path: string, body: object, key: string = randomUUID()): Promise<unknown> {
    const answer = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}`, 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    if (answer.status !== 201 && answer.status !== 200)
      throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
}
