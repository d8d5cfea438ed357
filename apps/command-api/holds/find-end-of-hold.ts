import type { HoldCancelled, HoldConfirmed, HoldExpired, HoldLent, HoldReserved, StockEvent } from '#domain';
import type { EventStore } from '#event-store';
import type { HoldReference } from '#ids';
import { findInStream, type Found } from '../stock/find-in-stream.ts';

type EndOfHold = HoldConfirmed | HoldCancelled | HoldExpired | HoldReserved | HoldLent;

/** How a hold ended that the state of its stock no longer remembers. Asked for by whoever keeps an old id. */
export function findEndOfHold(
  store: EventStore,
  { holdId, stock, madeAt }: HoldReference,
  deadline: number,
  likelyAt?: number,
): Promise<Found<EndOfHold> | undefined> {
  const is = (event: StockEvent): event is EndOfHold => endsHold(event) && event.holdId === holdId;
  return findInStream(store, { stock, since: madeAt, is, likelyAt }, deadline);
}

const ends: ReadonlySet<string> = new Set<EndOfHold['type']>([
  'HoldConfirmed',
  'HoldCancelled',
  'HoldExpired',
  'HoldReserved',
  'HoldLent',
]);

function endsHold(event: StockEvent): event is EndOfHold {
  return ends.has(event.type);
}
