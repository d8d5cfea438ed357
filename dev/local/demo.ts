import { logIn, type Login } from './demo-users.ts';
import type { Note } from './terminal.ts';

const itemsCount = 300;
const workersCount = 8;
const timeoutMs = 30_000;

const kinds = ['Lantern', 'Tent', 'Rope', 'Kettle', 'Compass', 'Backpack', 'Stove', 'Blanket', 'Map', 'Whistle'];
const colours = ['Red', 'Blue', 'Green', 'Black', 'White', 'Yellow'];

interface DemoItem {
  id: string;
  name: string;
  price: number;
  stock: number;
}

/** Creates demo data through the gateway, like a client; existing data is kept. */
export async function fillDemo(gateway: string, staff: Login, note: Note): Promise<void> {
  const token = await logIn(gateway, staff);
  if (token === undefined) throw new Error('The demo staff user cannot log in, so no demo data was created.');
  const items = Array.from({ length: itemsCount }, (_, index) => demoItem(index + 1));
  let done = 0;
  const work = async (): Promise<void> => {
    for (let item = items.shift(); item !== undefined; item = items.shift()) {
      await fill(gateway, token, item);
      done += 1;
      if (done % 100 === 0) note(`${done} of ${itemsCount} items`);
    }
  };
  await Promise.all(Array.from({ length: workersCount }, work));
}

function demoItem(number: number): DemoItem {
  const kind = kinds[number % kinds.length];
  const colour = colours[number % colours.length];
  return {
    id: `demo_${String(number).padStart(3, '0')}`,
    name: `${colour} ${kind} ${number}`,
    price: 5 + ((number * 37) % 200),
    stock: 1 + ((number * 13) % 100),
  };
}

async function fill(gateway: string, token: string, { stock, ...item }: DemoItem): Promise<void> {
  const created = await post(gateway, '/products', token, item);
  if (created.status === 409 && (await hasStock(gateway, item.id))) return;
  if (created.status !== 201 && created.status !== 409) throw new Error(await describe('/products', created));
  // An interrupted run is repeated with the same key, so the units are added once.
  const units = { product_id: item.id, stock };
  const added = await post(gateway, '/stock', token, units, { 'idempotency-key': `demo-stock-${item.id}` });
  if (!added.ok) throw new Error(await describe('/stock', added));
}

async function hasStock(gateway: string, id: string): Promise<boolean> {
  const answer = await fetch(`${gateway}/api/v1/stock/${id}`, { signal: AbortSignal.timeout(timeoutMs) });
  const body: unknown = await answer.json();
  return answer.ok && typeof body === 'object' && body !== null && 'stock' in body && body.stock !== 0;
}

async function post(
  gateway: string,
  path: string,
  token: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${gateway}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

async function describe(path: string, answer: Response): Promise<string> {
  return `Creating the demo data failed at POST ${path}: ${answer.status} ${await answer.text()}`;
}
