import { randomUUID } from 'node:crypto';
import { slotStock, stockAggregate, stockStream } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { spread } from '../report/summary.ts';
import type { Shop } from './shop.ts';

export interface Expiry {
  readonly holds: number;
  /** From the due time of a hold to the recording of its expiry. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
}

const ttlSecondsMax = 5;
const holdsPerSlot = 10;
const atOnce = 32;

/** Measures how late untouched holds of one to five seconds expire. */
export async function measureExpiry(shop: Shop, slots: readonly number[], eventStore: string): Promise<Expiry> {
  const wanted = slots.flatMap((slot) => Array.from({ length: holdsPerSlot }, () => slot)).values();
  const client = async (): Promise<void> => {
    for (const slot of wanted) {
      await shop.hold(slot, { ttlSeconds: 1 + Math.floor(Math.random() * ttlSecondsMax) }, randomUUID());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  const store = await connectEventStore(eventStore);
  try {
    const late: number[] = [];
    for (const slot of slots) late.push(...(await latenessOf(store, slot)));
    const sorted = late.toSorted((a, b) => a - b);
    const p99Ms = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
    return { holds: late.length, p50Ms: spread(late).median, p99Ms, mostMs: sorted.at(-1) ?? Number.NaN };
  } finally {
    await store.close();
  }
}

/** Waits until all holds of the slot have ended. */
async function latenessOf(store: EventStore, slot: number): Promise<number[]> {
  for (;;) {
    const recorded = await store.readStream(stockStream(slotStock(slot)), { limit: 1000 });
    const late = recorded.flatMap((event) => {
      const decoded = codecOf(stockAggregate).decode(event);
      return decoded.type === 'HoldExpired' ? [event.metadata.at - decoded.expiresAt] : [];
    });
    if (late.length === holdsPerSlot) return late;
  }
}
