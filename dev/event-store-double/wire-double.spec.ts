import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  FORWARDS,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  NotLeaderError,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  TimeoutError,
  WrongExpectedVersionError,
  type AllStreamResolvedEvent,
  type AppendExpectedRevision,
  type JSONEventType,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { WireDouble } from './wire-double.ts';

type Event = ReturnType<typeof event>;

let double: WireDouble;
let client: EventStoreDBClient;
beforeEach(async () => {
  double = await WireDouble.start();
  client = EventStoreDBClient.connectionString(double.url);
});
afterEach(async () => {
  await client.dispose();
  await double.stop();
});

function event(id: string = randomUUID(), data: Record<string, unknown> = {}) {
  return jsonEvent<JSONEventType<'Happened', Record<string, unknown>>>({ id, type: 'Happened', data });
}

function append(events: Event[], expectedRevision: AppendExpectedRevision = NO_STREAM, stream = 'stream-1') {
  return client.appendToStream(stream, events, { expectedRevision });
}

async function collect<T>(read: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of read) all.push(one);
  return all;
}

describe('the wire double, to the official client', () => {
  it('appends, and says the revision and the position', async () => {
    const result = await append([event(), event()]);
    expect(result).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const [last] = await collect(
      client.readStream('stream-1', { direction: BACKWARDS, fromRevision: END, maxCount: 1 }),
    );
    expect(last?.event?.position).toEqual(result.position);
  });

  it('reads a stream in both directions, from a revision', async () => {
    const events = [event(), event(), event()];
    await append(events);
    const read = async (options: object) =>
      (await collect(client.readStream('stream-1', options))).map((resolved) => resolved.event?.id);
    const ids = events.map(({ id }) => id);
    expect(await read({ direction: FORWARDS, fromRevision: 1n })).toEqual(ids.slice(1));
    expect(await read({ direction: BACKWARDS, fromRevision: 1n })).toEqual(ids.slice(0, 2).toReversed());
  });

  it('does not find a stream that does not exist', async () => {
    await expect(collect(client.readStream('nowhere'))).rejects.toThrow(StreamNotFoundError);
  });

  it('rejects a wrong revision with an empty message', async () => {
    await append([event()]);
    const error = await append([event()], 5n).catch((rejected: unknown) => rejected);
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ message: '', expectedVersion: 5n, actualVersion: 0n });
  });

  it('rejects more than 1 MiB in one call', async () => {
    const half = () => event(randomUUID(), { text: 'x'.repeat(600_000) });
    await expect(append([half(), half()])).rejects.toThrow(MaxAppendSizeExceededError);
  });

  it('takes an append of no events, and checks the revision', async () => {
    await expect(append([], 3n)).rejects.toThrow(WrongExpectedVersionError);
    expect(await append([], NO_STREAM)).toMatchObject({ success: true });
  });

  it('appends the slow way for a call with credentials of its own', async () => {
    const options = { expectedRevision: NO_STREAM, credentials: { username: 'a', password: 'b' } } as const;
    expect(await client.appendToStream('stream-1', event(), options)).toMatchObject({ nextExpectedRevision: 0n });
    await expect(client.appendToStream('stream-1', event(), options)).rejects.toThrow(WrongExpectedVersionError);
  });
});

describe('a repeated append, to the official client', () => {
  const [a, b, c] = [event(), event(), event()] as const;
  beforeEach(() => append([a, b]));

  it('succeeds with the original result, whatever its bodies', async () => {
    const forged = [a, b].map((one) => ({ ...one, data: { forged: true } }));
    expect(await append(forged)).toMatchObject({ nextExpectedRevision: 1n });
    expect(double.log.stream('stream-1')).toHaveLength(2);
  });

  it('of a leading part succeeds with the revision of that part', async () => {
    expect(await append([a])).toMatchObject({ nextExpectedRevision: 0n });
  });

  it('with a new event is a wrong revision', async () => {
    await expect(append([a, b, c])).rejects.toThrow(WrongExpectedVersionError);
  });

  it('with any revision answers the old one', async () => {
    await append([c], 1n);
    expect(await append([a], 'any')).toMatchObject({ nextExpectedRevision: 0n });
  });

  it('with the current exact revision is written again', async () => {
    expect(await append([a], 1n)).toMatchObject({ nextExpectedRevision: 2n });
  });
});

describe('a stream’s end, to the official client', () => {
  it('is soft: it is not found, and goes on when it is begun again', async () => {
    await append([event(), event()]);
    await client.deleteStream('stream-1');
    await expect(collect(client.readStream('stream-1'))).rejects.toThrow(StreamNotFoundError);
    expect(await append([event()], NO_STREAM)).toMatchObject({ nextExpectedRevision: 2n });
    const [only] = await collect(client.readStream('stream-1'));
    expect(only?.event?.revision).toBe(2n);
  });

  it('is for ever after a tombstone', async () => {
    await append([event()]);
    await client.tombstoneStream('stream-1');
    await expect(append([event()], 'any')).rejects.toThrow(StreamDeletedError);
    await expect(collect(client.readStream('stream-1'))).rejects.toThrow(StreamDeletedError);
  });

  it('cannot be made of a stream that does not exist', async () => {
    await expect(client.deleteStream('nowhere')).rejects.toThrow(WrongExpectedVersionError);
  });

  it('and its other settings are metadata', async () => {
    await client.setStreamMetadata('stream-1', { maxCount: 7 });
    expect((await client.getStreamMetadata('stream-1')).metadata).toMatchObject({ maxCount: 7 });
  });
});

describe('all, to the official client', () => {
  it('starts with records of the server’s own, and is read in both directions', async () => {
    const one = event();
    await append([one]);
    const all = await collect(client.readAll());
    expect(all[0]?.event?.type).toMatch(/^\$/);
    expect(all.at(-1)?.event?.id).toBe(one.id);
    const backwards = await collect(client.readAll({ direction: BACKWARDS, fromPosition: END }));
    expect(backwards.map((resolved) => resolved.event?.id)).toEqual(
      all.map((resolved) => resolved.event?.id).toReversed(),
    );
  });

  it('starts at a position when it is read, and after it when it is subscribed to', async () => {
    const [one, two] = [event(), event()];
    await append([one, two]);
    const events = await collect(client.readAll());
    const position = events.at(-2)?.event?.position as { commit: bigint; prepare: bigint };
    const read = await collect(client.readAll({ fromPosition: position }));
    expect(read.map((resolved) => resolved.event?.id)).toEqual([one.id, two.id]);
    for await (const resolved of client.subscribeToAll({ fromPosition: position })) {
      expect(resolved.event?.id).toBe(two.id);
      break;
    }
  });

  it('cannot be read from the middle of a record', async () => {
    await append([event()]);
    const inside = { commit: 1n, prepare: 1n };
    await expect(collect(client.readAll({ fromPosition: inside }))).rejects.toThrow('invalid position');
  });
});

describe('a subscription, to the official client', () => {
  function subscribe(options: object) {
    const seen: string[] = [];
    const subscription = client.subscribeToAll({ fromPosition: START, filter: excludeSystemEvents(options) });
    const caughtUp = Promise.withResolvers<void>();
    const dropped = Promise.withResolvers<unknown>();
    const reached = Promise.withResolvers<void>();
    subscription.on('data', ({ event: received }: AllStreamResolvedEvent) => {
      seen.push(received?.id ?? '');
      if (seen.length === 10) reached.resolve();
    });
    subscription.on('caughtUp', () => caughtUp.resolve());
    subscription.on('error', (error) => dropped.resolve(error));
    return { seen, subscription, caughtUp: caughtUp.promise, dropped: dropped.promise, ten: reached.promise };
  }

  it('catches up, says so, and goes on live, without the server’s own records', async () => {
    const events = Array.from({ length: 10 }, () => event());
    await append(events.slice(0, 5));
    const { seen, caughtUp, ten, subscription } = subscribe({});
    await caughtUp;
    expect(seen).toHaveLength(5);
    await append(events.slice(5), 4n);
    await ten;
    expect(seen).toEqual(events.map(({ id }) => id));
    await subscription.unsubscribe();
  });

  it('reports checkpoints between events', async () => {
    double.log.writeSystemRecords(100);
    const checkpoints: bigint[] = [];
    const checkpointReached = (_: unknown, { commit }: { commit: bigint }) => void checkpoints.push(commit);
    const { caughtUp, subscription } = subscribe({ checkpointReached, maxSearchWindow: 32 });
    await caughtUp;
    expect(checkpoints).toEqual([31, 63, 95].map((index) => double.log.records[index]?.position));
    await subscription.unsubscribe();
  });

  it('is dropped when more than 32 events come at once', async () => {
    const { caughtUp, dropped } = subscribe({});
    await caughtUp;
    await append(Array.from({ length: 50 }, () => event()));
    const error = await dropped;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toContain('Consumer too slow');
  });
});

describe('a server that does not serve, to the official client', () => {
  it('says that it is not ready while it boots', async () => {
    await append([event()]);
    double.faults.booting = true;
    await expect(append([event()], 0n)).rejects.toThrow('Could not recognize Server Is Not Ready');
    await expect(collect(client.readStream('stream-1'))).rejects.toThrow('Server Is Not Ready');
    double.faults.booting = false;
    expect(await append([event()], 0n)).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('names the leader to whoever requires one', async () => {
    const leader = await WireDouble.start({ log: double.log });
    double.faults.leaderElsewhere = { host: '127.0.0.1', port: leader.port };
    const read = () => collect(client.readAll({ requiresLeader: true }));
    await expect(read()).rejects.toThrow(NotLeaderError);
    expect(await read()).toHaveLength(4);
    await leader.stop();
  });

  it('is found by discovery', async () => {
    const discovering = EventStoreDBClient.connectionString(double.discoverUrl);
    expect(await discovering.appendToStream('stream-1', event())).toMatchObject({ nextExpectedRevision: 0n });
    await discovering.dispose();
  });
});
