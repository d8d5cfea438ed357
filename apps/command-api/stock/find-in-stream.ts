import { NotInTime, Overloaded } from '#commands';
import { stockAggregate, stockStream, type StockEvent, type StockId } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { Turns } from '#platform';

const pageEvents = 500;
const readingAtOnceMax = 4;
const waitingMax = 64;
const codec = codecOf(stockAggregate);

const turns = new Turns({ runningMax: readingAtOnceMax, waitingMax, rejection: Overloaded });

/** An event of a stock that its state no longer remembers. */
interface Wanted<Event extends StockEvent> {
  readonly stock: StockId;
  /** It was not recorded before that, in milliseconds since 1970. */
  readonly since: number;
  readonly is: (event: StockEvent) => event is Event;
  /** The revision at which a read model has seen it: looked at first, and believed only if the event is there. */
  readonly likelyAt?: number | undefined;
}

export interface Found<Event extends StockEvent> {
  readonly event: Event;
  /** When it was recorded, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * The last such event: the stream is read from its end back to the time. Slow, so it is done apart from the writer, a few
 * at once, and no longer than somebody waits for it.
 */
export async function findInStream<Event extends StockEvent>(
  store: EventStore,
  wanted: Wanted<Event>,
  deadline: number,
): Promise<Found<Event> | undefined> {
  return (await readAt(store, wanted)) ?? (await turns.take(() => search(store, wanted, deadline)));
}

async function readAt<Event extends StockEvent>(
  store: EventStore,
  { stock, is, likelyAt }: Wanted<Event>,
): Promise<Found<Event> | undefined> {
  if (likelyAt === undefined) return undefined;
  const [recorded] = await store.readStream(stockStream(stock), { from: likelyAt, limit: 1 });
  const event = recorded && codec.decode(recorded);
  return event && is(event) ? { event, at: recorded.metadata.at } : undefined;
}

async function search<Event extends StockEvent>(
  store: EventStore,
  { stock, since, is }: Wanted<Event>,
  deadline: number,
): Promise<Found<Event> | undefined> {
  let from: number | undefined;
  for (;;) {
    if (Date.now() >= deadline) throw new NotInTime('what the stock has forgotten was not found in time');
    const request = { direction: 'backwards', limit: pageEvents, ...(from === undefined ? {} : { from }) } as const;
    const page = await store.readStream(stockStream(stock), request);
    for (const recorded of page) {
      const event = codec.decode(recorded);
      if (is(event)) return { event, at: recorded.metadata.at };
    }
    const oldest = page.at(-1);
    if (oldest === undefined || oldest.revision === 0 || oldest.metadata.at < since) return undefined;
    from = oldest.revision - 1;
  }
}
