import { NotInTime, Overloaded } from '#commands';
import { stockAggregate, stockStream, type StockEvent, type StockId } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { Turns } from '#platform';

const pageEvents = 500;
const readingAtOnceMax = 4;
const waitingMax = 64;
const codec = codecOf(stockAggregate);

const turns = new Turns({ runningMax: readingAtOnceMax, waitingMax, rejection: Overloaded });

interface Since {
  readonly stock: StockId;
  /** What is wanted was not recorded before that, in milliseconds since 1970. */
  readonly since: number;
}

/** An event of a stock that its state no longer remembers. */
interface Wanted<Event extends StockEvent> extends Since {
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
  for await (const { event, at } of eventsBack(store, { stock, since }, deadline)) {
    if (is(event)) return { event, at };
  }
  return undefined;
}

/** Notes all events from the end of the stream back to the time: just as slow, and done in the same turns. */
export async function searchBack(
  store: EventStore,
  { note, ...wanted }: Since & { readonly note: (event: StockEvent, at: number) => void },
  deadline: number,
): Promise<void> {
  await turns.take(async () => {
    for await (const { event, at } of eventsBack(store, wanted, deadline)) note(event, at);
  });
}

async function* eventsBack(
  store: EventStore,
  { stock, since }: Since,
  deadline: number,
): AsyncGenerator<Found<StockEvent>> {
  let from: number | undefined;
  for (;;) {
    if (Date.now() >= deadline) throw new NotInTime('what the stock has forgotten was not found in time');
    const request = { direction: 'backwards', limit: pageEvents, ...(from === undefined ? {} : { from }) } as const;
    const page = await store.readStream(stockStream(stock), request);
    for (const recorded of page) yield { event: codec.decode(recorded), at: recorded.metadata.at };
    const oldest = page.at(-1);
    if (oldest === undefined || oldest.revision === 0 || oldest.metadata.at < since) return;
    from = oldest.revision - 1;
  }
}
