import { codecOf, type EventStore, type RecordedEvent } from '#event-store';
import type { AnyAggregate } from './any-aggregate.ts';
import { inSlices } from './in-slices.ts';
import { RecentCommands } from './recent-commands.ts';
import type { Snapshot } from './snapshots.ts';

/** A stream as known to its writer: the state and the revision it corresponds to. */
export interface LoadedStream {
  readonly state: unknown;
  /** -1 for a stream without events. */
  readonly revision: number;
  readonly lastEventId: string | undefined;
  readonly lastAt: number;
  readonly recent: RecentCommands;
  readonly snapshotRevision: number;
  readonly snapshotAt: number;
}

const pageEvents = 1000;

/** Loads from the snapshot if the store confirms it, otherwise from the first event. */
export async function loadStream(
  store: EventStore,
  aggregate: AnyAggregate,
  stream: string,
  snapshot: Snapshot | undefined,
): Promise<LoadedStream> {
  const restored = snapshot && (await restore(store, aggregate, stream, snapshot));
  const loaded = restored && (await catchUp(store, aggregate, stream, restored));
  return loaded ?? readOn(store, aggregate, stream, emptyStream(store, aggregate));
}

/**
 * If the store can find the events of a command, forgotten commands are looked up there; otherwise they must be
 * remembered here.
 */
function retryMsOf(store: EventStore): number {
  return store.findEvents === undefined ? 30_000 : 0;
}

/** A stream without events. */
export function emptyStream(store: EventStore, aggregate: AnyAggregate): LoadedStream {
  return {
    state: aggregate.initial,
    revision: -1,
    lastEventId: undefined,
    lastAt: 0,
    recent: new RecentCommands(retryMsOf(store)),
    snapshotRevision: -1,
    snapshotAt: 0,
  };
}

/**
 * A snapshot is used only if the store has its last event at the stated position: the store may have been restored
 * since.
 */
async function restore(
  store: EventStore,
  aggregate: AnyAggregate,
  stream: string,
  { revision, eventId, lastAt, state, recent }: Snapshot,
): Promise<LoadedStream | undefined> {
  const [last] = await store.readStream(stream, { from: revision, limit: 1 });
  if (last?.id !== eventId) return undefined;
  return {
    state: aggregate.snapshots && (await inSlices(aggregate.snapshots.load(state))),
    revision,
    lastEventId: eventId,
    lastAt,
    recent: RecentCommands.load(recent, revision + 1, retryMsOf(store)),
    snapshotRevision: revision,
    snapshotAt: lastAt,
  };
}

/**
 * Applies the events appended since, by any process. Undefined if the store does not have the last known event: it was
 * restored or failed over, and even if the stream has been written again to the same revision, what is known is wrong.
 */
export async function catchUp(
  store: EventStore,
  aggregate: AnyAggregate,
  stream: string,
  known: LoadedStream,
): Promise<LoadedStream | undefined> {
  if (known.revision < 0) return readOn(store, aggregate, stream, known);
  const [last, ...page] = await store.readStream(stream, { from: known.revision, limit: pageEvents });
  if (last?.id !== known.lastEventId) return undefined;
  const loaded = page.reduce((before, event) => absorb(aggregate, before, event), known);
  return page.length + 1 < pageEvents ? loaded : readOn(store, aggregate, stream, loaded);
}

async function readOn(
  store: EventStore,
  aggregate: AnyAggregate,
  stream: string,
  known: LoadedStream,
): Promise<LoadedStream> {
  let loaded = known;
  for (;;) {
    const page = await store.readStream(stream, { from: loaded.revision + 1, limit: pageEvents });
    for (const event of page) loaded = absorb(aggregate, loaded, event);
    if (page.length < pageEvents) return loaded;
  }
}

function absorb(aggregate: AnyAggregate, loaded: LoadedStream, event: RecordedEvent): LoadedStream {
  const { commandId, at } = event.metadata;
  loaded.recent.remember(commandId, event.revision, at);
  return {
    ...loaded,
    state: aggregate.evolve(loaded.state, codecOf(aggregate).decode(event)),
    revision: event.revision,
    lastEventId: event.id,
    lastAt: Math.max(loaded.lastAt, at),
  };
}
