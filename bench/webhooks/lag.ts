import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectEventStore } from '#event-store/connect';
import { createPool } from '#platform';
import { Webhooks } from '#webhooks';
import { itemNames } from '../orders/stocks.ts';
import { provideStocks } from '../orders/provide-stocks.ts';
import { Sightings } from '../projections/sightings.ts';
import { patienceMs, sellAtConstantRate, type Rate, type SeenAfter } from '../projections/constant-rate.ts';

export interface WebhookLagTask extends Rate {
  readonly postgres: string;
}

/** Measures when purchases arrive at a receiver, with a projector that runs already. */
export async function measureWebhookLag(task: WebhookLagTask): Promise<SeenAfter> {
  const store = await connectEventStore(task.postgres);
  const pool = createPool({ url: task.postgres, connectionsMax: 1, name: 'bench' });
  const arrivals = await Arrivals.listen();
  try {
    const wanted = { url: arrivals.url, events: ['purchase.made'], description: '' };
    await new Webhooks(pool).create(randomUUID(), 'bench', wanted);
    await provideStocks(store);
    const sight = (purchaseId: string) => {
      const seen = arrivals.purchases.of(purchaseId, patienceMs);
      return () => seen;
    };
    return await sellAtConstantRate({ ...task, store, itemsCount: itemNames.length, sight });
  } finally {
    await Promise.all([arrivals.close(), store.close(), pool.end()]);
  }
}

/** A receiver of purchases. */
class Arrivals {
  readonly purchases = new Sightings();
  readonly #server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.once('end', () => {
      response.writeHead(204).end();
      this.purchases.saw((JSON.parse(body) as { data: { id: string } }).data.id);
    });
  });

  static async listen(): Promise<Arrivals> {
    const arrivals = new Arrivals();
    await once(arrivals.#server.listen(0, '127.0.0.1'), 'listening');
    return arrivals;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), 'close');
  }
}
