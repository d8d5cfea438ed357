import { randomUUID } from 'node:crypto';
import { categoryAggregate, itemAggregate, itemStock, stockAggregate, stockStream, type StockEvent } from '#domain';
import { codecOf } from '#event-store';
import type { Pool } from '#platform';
import { decided, eventsPerInsert, insert, type Placed } from '../projections/history.ts';
import { categoriesCount, categoryId, productId, productOf } from './products.ts';

/** Of so many products, one was sold. */
const productsPerSeller = 10;
const soldMax = 500;
const soldAt = Date.UTC(2026, 0, 1);

/** Fills an empty event store with categories, products, and the stock of those that sell; returns the number of events. */
export async function writeCatalog(pool: Pool, products: number): Promise<number> {
  let position = 0;
  let waiting: Placed[] = [];
  const write = async (): Promise<void> => {
    await insert(pool, position, waiting);
    position += waiting.length;
    waiting = [];
  };
  for (let index = 0; index < categoriesCount; index++) {
    const [id, number] = [categoryId(index), index + 1];
    const words = { name: `分類 ${number}`, slug: `category-${number}`, description: '', icon: '', rank: number };
    const create = { type: 'CreateCategory', categoryId: id, number, ...words } as const;
    waiting.push(decided(categoryAggregate, categoryAggregate.streamOf(id), create));
  }
  for (let number = 1; number <= products; number++) {
    const create = { type: 'CreateItem', ...productOf(number) } as const;
    waiting.push(decided(itemAggregate, itemAggregate.streamOf(create.itemId), create));
    if (number % productsPerSeller === 0) waiting.push(...salesOf(number));
    if (waiting.length >= eventsPerInsert) await write();
  }
  await write();
  return position;
}

function salesOf(number: number): Placed[] {
  const stream = stockStream(itemStock(productId(number)));
  const sold = 1 + ((number * 7919) % soldMax);
  const provided = decided(stockAggregate, stream, { type: 'Provide', quantity: soldMax, provideId: null });
  const balance = { total: soldMax, taken: sold, held: 0, reserved: 0, lent: 0, available: soldMax - sold };
  const event: StockEvent = {
    type: 'UnitsPurchased',
    purchaseId: 'bench',
    customerId: 'bench',
    quantity: sold,
    balance,
  };
  const id = randomUUID();
  const metadata = { $correlationId: id, $causationId: id, commandId: id, userId: 'staff', at: soldAt };
  const purchased = { ...codecOf(stockAggregate).encode(id, event, metadata), stream, revision: 1 };
  return [provided, purchased];
}
