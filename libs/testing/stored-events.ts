import { readFile } from 'node:fs/promises';
import { createCodec, makePosition, type EventTypes, type RecordedEvent } from '#event-store';

/** An event as some version wrote it; `today` is what it is read as, where that is something else. */
interface Stored {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
  readonly today?: object;
}

const metadata = { $correlationId: 'c', $causationId: 'c', commandId: 'c', userId: null, at: 0 };

/** Every version of every event is in the file, is read as today's event, and today's is written as it was. */
export async function expectStoredEvents<E extends { readonly type: string }>(
  file: string,
  types: EventTypes<E>,
): Promise<void> {
  const fixture = JSON.parse(await readFile(file, 'utf8')) as Stored[];
  const versions: Record<string, readonly unknown[]> = types;
  const wanted = Object.entries(versions).flatMap(([type, upcasts]) =>
    Array.from({ length: upcasts.length + 1 }, (_, older) => `${type} ${older + 1}`),
  );
  expect(fixture.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`).toSorted()).toEqual(wanted.toSorted());
  const codec = createCodec<E>(types);
  for (const stored of fixture) {
    const event = codec.decode(recordedAs(stored));
    expect(event).toEqual({ ...(stored.today ?? stored.data), type: stored.type });
    if (stored.schemaVersion === (versions[stored.type]?.length ?? 0) + 1) {
      expect(JSON.parse(codec.encode('i', event, metadata).data)).toEqual(stored.data);
    }
  }
}

function recordedAs({ type, schemaVersion, data }: Stored): RecordedEvent {
  const position = makePosition('s', 1n);
  return { id: 'i', type, data, metadata: { ...metadata, schemaVersion }, stream: 's-1', revision: 0, position };
}
