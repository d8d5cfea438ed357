import { codecOf, makePosition, type RecordedEvent } from '#event-store';
import type { Aggregate } from '#domain';
import type { Change, Projection } from '#projections';

type AggregateOf<E extends { readonly type: string }> = Pick<Aggregate<never, never, never, E, never>, 'events'> & {
  evolve(state: never, event: E): unknown;
};

/** given(stream, events).then(rows): tests what a projection writes for one stream. */
export function projectionOf<E extends { readonly type: string }>(projection: Projection, aggregate: AggregateOf<E>) {
  const keys = Object.keys(projection.table.key);
  const codec = codecOf(aggregate);
  return {
    given: (stream: string, ...events: readonly E[]) => {
      const left = new Map<string, Change>();
      for (const [revision, event] of events.entries()) {
        for (const change of projection.changesOf(recorded(stream, revision, codec.encode('i', event, metadata)))) {
          left.set(keys.map((key) => change[key]).join('\0'), change);
        }
      }
      const rows = [...left.values()].filter((change) => change.deleted !== true);
      // oxlint-disable-next-line unicorn/no-thenable -- given, then; nobody awaits it
      return { then: (wanted: readonly object[]): void => expect(rows).toMatchObject(wanted) };
    },
  };
}

const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: 'ann', at: 2000 };

function recorded(stream: string, revision: number, { id, type, data }: { id: string; type: string; data: string }) {
  const position = makePosition('s', BigInt(revision));
  const event: RecordedEvent = {
    id,
    type,
    data: JSON.parse(data) as object,
    metadata: { ...metadata, schemaVersion: 99 },
    stream,
    revision,
    position,
  };
  return event;
}
