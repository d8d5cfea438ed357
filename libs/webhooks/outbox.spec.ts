import { startWebhooks, type WebhooksUnderTest } from '#dev/testing';
import { Outbox, type Endpoint } from './outbox.ts';

describe('the deliveries that are claimed', () => {
  let under: WebhooksUnderTest;
  let outbox: Outbox;
  let endpoint: Endpoint;

  beforeEach(async () => {
    under = await startWebhooks();
    outbox = new Outbox(under.pool);
    const { id, url } = await under.create({ url: 'https://shop.example/' });
    endpoint = { id, url, isEnabled: true, dueAt: null };
  });

  afterEach(() => under.close());

  async function claimed(bytesMax: number, busy: readonly string[] = []): Promise<string[][]> {
    const request = { now: new Date(under.now), busy, subjectsMax: 3, perSubjectMax: 2, bytesMax };
    const subjects = await outbox.claim(endpoint, request);
    return subjects.map((deliveries) => deliveries.map(({ eventId }) => eventId));
  }

  it('are the first of a few subjects that are not delivered already', async () => {
    await under.tell('a', 'a', 'a', 'b', 'c', 'd');
    expect(await claimed(1_000_000)).toEqual([['evt_1', 'evt_2'], ['evt_4'], ['evt_5']]);
    expect(await claimed(1_000_000, ['a', 'b'])).toEqual([['evt_5'], ['evt_6']]);
  });

  it('have few bytes together, but are one at least', async () => {
    await under.tell('a', 'a', 'b', 'c');
    await under.pool.query(`update webhook_deliveries set body = repeat('x', 1000)`);
    expect(await claimed(2500)).toEqual([['evt_1', 'evt_2'], ['evt_3']]);
    expect(await claimed(1500)).toEqual([['evt_1', 'evt_2']]);
    expect(await claimed(1)).toEqual([['evt_1']]);
  });

  it('are none of a queue that has lost its deliveries, which is gone then', async () => {
    await under.tell('a');
    await under.pool.query('delete from webhook_deliveries');
    expect(await claimed(1)).toEqual([]);
    expect((await under.pool.query('select from webhook_queues')).rowCount).toBe(0);
  });

  it.each([
    `update webhooks set url = 'https://other.example/'`,
    'update webhooks set deleted_at = now()',
    `update webhooks set disabled_at = now(), disabled_because = 'staff'`,
    `update webhooks set paused_until = now() + interval '1 hour'`,
  ])('are none after %s', async (change) => {
    await under.tell('a');
    await under.pool.query(change);
    expect(await claimed(1)).toEqual([]);
  });
});
