import { OutcomeUnknown, StoreUnavailable, type AppendResult, type EventStore } from '#event-store';

export type Fault =
  /** The append is not sent. */
  | 'unavailable'
  /** The append is written, but its answer is lost. */
  | 'lost-answer'
  /** The append is lost on the way. */
  | 'lost-append';

/** A real store behind a connection with injected faults: one per append, then none. */
export function faultyStore(store: EventStore, faults: Fault[]): EventStore {
  const append: EventStore['append'] = async (stream, expected, events): Promise<AppendResult> => {
    const fault = faults.shift();
    if (fault === 'unavailable') throw new StoreUnavailable('the store is away');
    if (fault === 'lost-append') throw new OutcomeUnknown('the connection was lost');
    const result = await store.append(stream, expected, events);
    if (fault === 'lost-answer') throw new OutcomeUnknown('the connection was lost');
    return result;
  };
  return { ...bound(store), append };
}

/** A real store whose appends, to all streams or to one, wait until they are released. */
export function gatedStore(
  store: EventStore,
  gated?: string,
): { store: EventStore; arrived: Promise<void>; open: () => void } {
  const arrival = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const append: EventStore['append'] = async (...call) => {
    if (gated !== undefined && call[0] !== gated) return store.append(...call);
    arrival.resolve();
    await gate.promise;
    return store.append(...call);
  };
  return { store: { ...bound(store), append }, arrived: arrival.promise, open: gate.resolve };
}

function bound(store: EventStore): EventStore {
  return {
    id: store.id,
    appendBytesMax: store.appendBytesMax,
    append: (...call) => store.append(...call),
    readStream: (...call) => store.readStream(...call),
    readAll: (...call) => store.readAll(...call),
    ...(store.findEvents && { findEvents: store.findEvents.bind(store) }),
    countAfter: (...call) => store.countAfter(...call),
    head: () => store.head(),
    assertTakesAppends: () => store.assertTakesAppends(),
    onAppend: (ring) => store.onAppend(ring),
    close: () => store.close(),
  };
}
