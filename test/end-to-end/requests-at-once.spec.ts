import { randomInt, randomUUID } from 'node:crypto';
import { requestAggregate, type RequestEvent } from '#domain';
import { codecOf, type EventStore } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';
import { storeOf } from './event-stores.ts';
import type { Person } from './linearizable/client.ts';
import { registered } from './linearizable/persons.ts';
import { Random } from './linearizable/random.ts';

const clients = 60;
const stepsEach = 6;
const customers = 10;
/** More than is ever accepted before the last step. */
const requiredQty = 1200;
const qtyMax = 3;
const retriesMax = 20;

/** What a client knows of an acceptance of its own. */
interface Own {
  readonly id: number;
  readonly qty: number;
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)(
  'a request that many accept and withdraw from at once, with events in %s,',
  (kind) => {
    let place: Awaited<ReturnType<typeof storeOf>>;
    let system: RunningSystem;
    let store: EventStore;
    let origins: [string, string];
    let people: readonly Person[];

    beforeAll(async () => {
      place = await storeOf(kind);
      system = await startSystem({
        HOLDFAST_WRITES_PER_MINUTE_MAX: '0',
        HOLDFAST_LOG_LEVEL: 'error',
        // All of them share a busy machine.
        HOLDFAST_REQUEST_TIMEOUT_MS: '15000',
        ...place.settings,
      });
      store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
      origins = [system.commandApi.url, (await system.start('command-api')).url];
      people = await Promise.all(
        Array.from({ length: customers }, (_, n) => registered(system, `customer${n}@example.com`)),
      );
    });

    afterAll(async () => {
      await store.close();
      await system.stop();
      await place.close();
    });

    /** On either of two processes; what is not known to be recorded or not is asked again with the same key. */
    async function send(
      method: string,
      path: string,
      { token }: Person,
      random: Random,
      body?: object,
    ): Promise<Answer> {
      const headers = { 'idempotency-key': randomUUID() };
      for (let tried = 1; ; tried++) {
        const answer = await call(`${random.pick(origins)}${path}`, { method, token, headers, body });
        const isOpen = answer.status === 503 || answer.body.code === 'KEY_IN_FLIGHT';
        if (!isOpen || tried >= retriesMax) return answer;
      }
    }

    async function requested(qty: number): Promise<number> {
      const body = { type: 'Humanpower', qty };
      const by = people[0] as Person;
      return (await send('POST', '/requests', by, new Random(1), body)).body.request_id as number;
    }

    async function recorded(requestId: number): Promise<readonly RequestEvent[]> {
      const codec = codecOf(requestAggregate);
      const events = await store.readStream(requestAggregate.streamOf(requestId), { limit: 2000 });
      return events.map((event) => codec.decode(event));
    }

    function personOf(n: number): Person {
      return people[n % people.length] as Person;
    }

    /** Accepts and withdraws at random; returns what it has accepted and not withdrawn. */
    async function act(request_id: number, person: Person, random: Random): Promise<readonly Own[]> {
      const own: Own[] = [];
      for (let step = 0; step < stepsEach; step++) {
        const withdrawn = random.chance(1 / 3) ? own.shift() : undefined;
        const qty = random.integer(1, qtyMax);
        const answer =
          withdrawn === undefined
            ? await send('POST', '/request-accepters', person, random, { request_id, qty })
            : await send('DELETE', `/request-accepters/${withdrawn.id}`, person, random);
        expect(answer.status).toBe(withdrawn === undefined ? 201 : 200);
        if (withdrawn === undefined) own.push({ id: answer.body.accepter.id, qty });
      }
      return own;
    }

    it('has the sum of what each was told, and is completed once', async () => {
      const seed = randomInt(2 ** 32);
      const request_id = await requested(requiredQty);
      const acting = Array.from({ length: clients }, (_, n) => act(request_id, personOf(n), new Random(seed + n)));
      const own = (await Promise.all(acting)).flat();
      const sum = own.reduce((before, { qty }) => before + qty, 0);
      const completing = Array.from({ length: clients }, (_, n) =>
        send('POST', '/request-accepters', personOf(n), new Random(n), { request_id, qty: requiredQty }),
      );
      const last = await Promise.all(completing);
      const completed = last.filter(({ status }) => status === 201);
      expect({ seed, completed: completed.map(({ body }) => body.request) }).toMatchObject({
        seed,
        completed: [{ status: 'Completed', current_qty: sum + requiredQty, acceptance_count: own.length + 1 }],
      });
      const late = last.filter((answer) => !completed.includes(answer));
      expect(new Set(late.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
        new Set(['409 REQUEST_COMPLETED']),
      );

      const events = await recorded(request_id);
      const types = events.map(({ type }) => type);
      expect(types.filter((type) => type === 'RequestCompleted')).toHaveLength(1);
      expect(types.slice(-2)).toEqual(['RequestAccepted', 'RequestCompleted']);
      let current = 0;
      for (const event of events) {
        if (event.type === 'RequestAccepted') current += event.acceptance.qty;
        if (event.type === 'AcceptanceWithdrawn') current -= event.acceptance.qty;
        expect([event.type, event.currentQty]).toEqual([event.type, current]);
      }

      const [answer] = completed;
      const headers = { 'consistency-token': answer?.headers.get('consistency-token') ?? '' };
      const { token } = personOf(0);
      const read = () => call(`${system.queryApi.url}/requests/${request_id}`, { token, headers });
      const { body } = await until(read, ({ status }) => status === 200);
      const numbers = [...own.map(({ id }) => id), answer?.body.accepter.id as number].toSorted((a, b) => b - a);
      expect(body.acceptances.map(({ id }: { id: number }) => id)).toEqual(numbers);
      const verified = await system.cli(['projections', 'verify', '--all']);
      expect({ exitCode: verified.exitCode, ...(verified.exitCode === 0 ? {} : verified) }).toEqual({ exitCode: 0 });
    });

    it('is either completed or cancelled, when both are asked for at once', async () => {
      for (let round = 0; round < 10; round++) {
        const request_id = await requested(1);
        const random = new Random(round);
        const [accepted, cancelled] = await Promise.all([
          send('POST', '/request-accepters', personOf(1), random, { request_id, qty: 1 }),
          send('POST', `/requests/${request_id}/cancel`, personOf(0), random),
        ]);
        const ends = [accepted.status, accepted.body.code, cancelled.status, cancelled.body.code];
        const isCompleted = accepted.status === 201;
        const end = isCompleted
          ? [201, undefined, 409, 'REQUEST_COMPLETED']
          : [409, 'REQUEST_CANCELLED', 200, undefined];
        expect(ends).toEqual(end);
        const last = (await recorded(request_id)).at(-1);
        expect(last).toMatchObject({ status: isCompleted ? 'completed' : 'cancelled' });
      }
    });
  },
);
