import { randomUUID } from 'node:crypto';
import type { EventStore, RecordedEvent } from '#event-store';
import { connectEventStore } from '#event-store/connect';
import { itemAggregate, slotAggregate, slotStock, stockStream } from '#domain';
import { call, startSystem, type Answer, type RunningSystem, type Service } from '#dev/testing';

const password = 'correct horse battery';
const rounds = 30;

describe('what staff do at once, on two processes,', () => {
  let system: RunningSystem;
  let other: Service;
  let store: EventStore;
  let token: string;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_WRITES_PER_MINUTE_MAX: '0' });
    other = await system.start('command-api');
    store = await connectEventStore(system.env['EVENTSTORE_URL'] ?? '');
    const args = ['users', 'create', '--email', 's@example.com', '--name', 's', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    const { body } = await call(`${system.commandApi.url}/auth/login`, { body: { email: 's@example.com', password } });
    token = body.token as string;
  });

  afterAll(async () => {
    await store.close();
    await system.stop();
  });

  function send(method: string, path: string, body: object = {}, { url } = system.commandApi): Promise<Answer> {
    return call(`${url}${path}`, { method, token, body });
  }

  async function last(stream: string, type?: string): Promise<RecordedEvent | undefined> {
    const events = await store.readStream(stream, { limit: 1000 });
    return events.findLast((event) => type === undefined || event.type === type);
  }

  it('leaves a slot that closes when it starts, and of which nothing was changed by what was rejected', async () => {
    const now = Date.now();
    const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
    const outcomes = new Set<number>();
    for (let round = 0; round < rounds; round++) {
      const { body } = await send('POST', '/slots', { capacity: 5, startsAt: at(1), endsAt: at(10) });
      const path = `/slots/${body.slot_id}`;
      const start = () => send('PATCH', path, { startsAt: at(6), capacity: 7 });
      const end = () => send('PATCH', path, { endsAt: at(5) }, round % 2 === 0 ? system.commandApi : other);
      // Either is sent first in half of the rounds, so that either comes first in some.
      const isEndFirst = round % 4 < 2;
      const ending = isEndFirst ? end() : undefined;
      const starting = start();
      const [later] = await Promise.all([starting, ending ?? end()]);
      outcomes.add(later.status);
      const stock = stockStream(slotStock(body.slot_id));
      const [changed, closed, adjusted] = await Promise.all([
        last(slotAggregate.streamOf(body.slot_id), 'SlotChanged'),
        last(stock, 'ClosingTimeSet'),
        last(stock, 'StockAdjusted'),
      ]);
      expect(closed?.data).toHaveProperty('closesAt', (changed?.data as { startsAt?: number } | undefined)?.startsAt);
      expect(adjusted?.data).toMatchObject({ balance: { total: later.status === 200 ? 7 : 5 } });
    }
    expect(outcomes).toContain(422);
  });

  it('leaves an item that can be bought when it is in the catalog, and only then', async () => {
    for (let round = 0; round < rounds; round++) {
      const id = `prod_${randomUUID().slice(0, 8)}`;
      await send('POST', '/products', { id, name: 'x', price: 1 });
      await send('POST', '/stock', { product_id: id, stock: 5 });
      await Promise.all([
        send('DELETE', `/products/${id}`),
        send('POST', `/products/${id}/restore`, {}, round % 2 === 0 ? system.commandApi : other),
      ]);
      const isListed = (await last(itemAggregate.streamOf(id)))?.type !== 'ItemDiscontinued';
      expect(await send('POST', `/items/${id}/purchase`)).toMatchObject({ status: isListed ? 201 : 404 });
    }
  });
});
