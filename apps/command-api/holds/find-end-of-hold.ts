import { NotInTime, Overloaded } from '#commands';
import {
  stockAggregate,
  stockStream,
  type HoldCancelled,
  type HoldConfirmed,
  type HoldExpired,
  type HoldReserved,
  type StockEvent,
} from '#domain';
import { codecOf, type EventStore } from '#event-store';
import type { HoldReference } from '#ids';
import { Turns } from '#platform';

type EndOfHold = HoldConfirmed | HoldCancelled | HoldExpired | HoldReserved;

const pageEvents = 500;
const readingAtOnceMax = 4;
const waitingMax = 64;
const codec = codecOf(stockAggregate);

const turns = new Turns({ runningMax: readingAtOnceMax, waitingMax, rejection: Overloaded });

/**
 * How a hold ended that the state of its stock no longer remembers: the stream is read from its end back to when the hold
 * was made. Slow, and asked for by whoever keeps an old id; so it is done apart from the writer, a few at once, and no
 * longer than somebody waits for it.
 */
export function findEndOfHold(
  store: EventStore,
  hold: HoldReference,
  deadline: number,
): Promise<EndOfHold | undefined> {
  return turns.take(() => search(store, hold, deadline));
}

async function search(
  store: EventStore,
  { holdId, stock, madeAt }: HoldReference,
  deadline: number,
): Promise<EndOfHold | undefined> {
  let from: number | undefined;
  for (;;) {
    if (Date.now() >= deadline) throw new NotInTime('how the hold ended was not found in time');
    const request = { direction: 'backwards', limit: pageEvents, ...(from === undefined ? {} : { from }) } as const;
    const page = await store.readStream(stockStream(stock), request);
    for (const recorded of page) {
      const event = codec.decode(recorded);
      if (endsHold(event) && event.holdId === holdId) return event;
    }
    const oldest = page.at(-1);
    if (oldest === undefined || oldest.revision === 0 || oldest.metadata.at < madeAt) return undefined;
    from = oldest.revision - 1;
  }
}

function endsHold(event: StockEvent): event is EndOfHold {
  const { type } = event;
  return type === 'HoldConfirmed' || type === 'HoldCancelled' || type === 'HoldExpired' || type === 'HoldReserved';
}
