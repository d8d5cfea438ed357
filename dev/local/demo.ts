import { Api, failureOf } from './api.ts';
import { makeDemoEvents } from './demo-events.ts';
import { demoOffers, flashSaleCategory } from './demo-offers.ts';
import { demoProducts, type DemoProduct } from './demo-products.ts';
import { demoSlots } from './demo-slots.ts';
import { logIn, type Logins } from './demo-users.ts';
import type { Note } from './terminal.ts';

const workersCount = 8;

/** Creates demo data through the gateway, like a client; existing data is kept. */
export async function fillDemo(gateway: string, logins: Logins, note: Note): Promise<void> {
  const apiOf = async (role: keyof Logins): Promise<Api> => {
    const token = await logIn(gateway, logins[role]);
    if (token === undefined) throw new Error(`The demo ${role} user cannot log in, so no demo data was created.`);
    return new Api(gateway, token);
  };
  const [api, customer] = await Promise.all([apiOf('staff'), apiOf('customer')]);
  const products = demoProducts();
  let done = 0;
  await eachOf(products, async (product) => {
    await fill(api, product);
    done += 1;
    if (done % 100 === 0) note(`${done} of ${products.length} products`);
  });
  await api.ensure('/categories', flashSaleCategory);
  for (const offer of demoOffers(Date.now())) await fill(api, offer);
  const slots = demoSlots(Date.now());
  await eachOf(slots, (slot) => api.ensure('/slots', slot));
  await makeDemoEvents({ staff: api, customer }, slots);
}

/** Several at a time. */
async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const take = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: workersCount }, take));
}

async function fill(api: Api, { stock, ...product }: DemoProduct): Promise<void> {
  await api.ensure('/products', product);
  if (stock === 0 || (await isKnownWithStock(api, product.id))) return;
  // An interrupted run is repeated with the same key, so the units are added once.
  const units = { product_id: product.id, stock };
  const added = await api.post('/stock', units, { 'idempotency-key': `demo-stock-${product.id}` });
  // Not found when another product has its SKU.
  if (!added.ok && added.status !== 404) throw new Error(await failureOf('/stock', added));
  await added.body?.cancel();
}

async function isKnownWithStock(api: Api, id: string): Promise<boolean> {
  const answer = await api.get(`/stock/${id}`);
  const body: unknown = await answer.json();
  return answer.ok && typeof body === 'object' && body !== null && 'revision' in body && body.revision !== -1;
}
