import { randomUUID } from 'node:crypto';
import { startWebhooks, type WebhooksUnderTest } from '#dev/testing';
import { WebhookQueries } from './webhook-queries.ts';
import { webhooksMax } from './webhooks.ts';

const wanted = { url: 'https://shop.example/hook', events: ['stock.low'], description: 'Stock' };

describe('webhooks as staff set them up', () => {
  let under: WebhooksUnderTest;
  let queries: WebhookQueries;

  beforeEach(async () => {
    under = await startWebhooks();
    queries = new WebhookQueries(under.pool);
  });

  afterEach(() => under.close());

  async function secrets(id: string): Promise<string[]> {
    const { rows } = await under.pool.query<{ secret: string }>(
      `select secret from webhook_secrets where webhook_id = $1 and (expires_at is null or expires_at > now())
       order by expires_at desc nulls first`,
      [id],
    );
    return rows.map(({ secret }) => secret);
  }

  it('are made once by a command, with one secret, however often it is repeated', async () => {
    const created = await under.webhooks.create('hook_1', 'command', wanted);
    expect(created).toMatchObject({ ...wanted, id: 'hook_1', disabledAt: null, failingSince: null });
    expect(await under.webhooks.create('hook_1', 'command', wanted)).toEqual(created);
    expect(await queries.list()).toHaveLength(1);
    expect(await secrets('hook_1')).toEqual([created?.secret]);
  });

  it('are bounded in number, also when many are created at the same time', async () => {
    const create = () => under.webhooks.create(randomUUID(), 'command', wanted);
    const created = await Promise.all(Array.from({ length: webhooksMax + 5 }, create));
    expect(created.filter((each) => each === undefined)).toHaveLength(5);
    const [first] = await queries.list();
    await under.webhooks.delete(first?.id ?? '');
    expect(await create()).toBeDefined();
  });

  it('keep what a change leaves out, and are disabled and enabled', async () => {
    await under.webhooks.create('hook_1', 'command', wanted);
    expect(await under.webhooks.change('hook_1', { description: '' })).toMatchObject({ ...wanted, description: '' });
    const disabled = await under.webhooks.change('hook_1', { isEnabled: false });
    expect(disabled).toMatchObject({ disabledBecause: 'staff', disabledAt: expect.any(Date) as unknown });
    expect(await under.webhooks.change('hook_1', { isEnabled: false })).toMatchObject({
      disabledAt: disabled?.disabledAt,
    });
    await under.pool.query('update webhooks set failing_since = now()');
    const enabled = await under.webhooks.change('hook_1', { isEnabled: true });
    expect(enabled).toMatchObject({ disabledBecause: null, disabledAt: null, failingSince: null });
    expect(await queries.find('hook_1')).toEqual(enabled);
  });

  it('are gone when they are deleted, with their secrets', async () => {
    await under.webhooks.create('hook_1', 'command', wanted);
    expect(await under.webhooks.delete('hook_1')).toMatchObject({ id: 'hook_1' });
    expect(await under.webhooks.delete('hook_1')).toBeUndefined();
    expect(await under.webhooks.change('hook_1', { url: 'x' })).toBeUndefined();
    expect(await under.webhooks.rotateSecret('hook_1', 'c', 0)).toBeUndefined();
    expect(await under.deliveries.replayFailed('hook_1')).toBeUndefined();
    expect(await queries.find('hook_1')).toBeUndefined();
    expect(await queries.list()).toEqual([]);
    expect(await secrets('hook_1')).toEqual([]);
  });

  it('have the new secret and, for the overlap, the previous ones, but few; a repeated rotation makes no other', async () => {
    const created = await under.webhooks.create('hook_1', 'command', wanted);
    const second = await under.webhooks.rotateSecret('hook_1', 'rotation-2', 60);
    expect(await under.webhooks.rotateSecret('hook_1', 'rotation-2', 60)).toBe(second);
    expect(await secrets('hook_1')).toEqual([second, created?.secret]);
    for (const rotation of [3, 4, 5, 6]) await under.webhooks.rotateSecret('hook_1', `rotation-${rotation}`, 600);
    expect(await secrets('hook_1')).toHaveLength(4);
    const last = await under.webhooks.rotateSecret('hook_1', 'rotation-7', 0);
    expect(await secrets('hook_1')).toEqual([last]);
  });

  it('list their deliveries newest first, by status, page by page', async () => {
    await under.create({ url: 'https://other.example/' });
    const { id } = await under.create({ url: 'https://shop.example/' });
    await under.tell('a', 'b', 'c');
    await under.pool.query(`update webhook_deliveries set status = 'failed' where subject <> 'b'`);
    const all = { status: undefined, before: undefined, limit: 2 };
    const first = await queries.deliveries(id, all);
    expect(first).toMatchObject({ rows: [{ subject: 'c' }, { subject: 'b', attempts: [] }], hasMore: true });
    const rest = await queries.deliveries(id, { ...all, before: first.rows[1]?.number });
    expect(rest).toMatchObject({ rows: [{ eventId: 'evt_1', type: 'stock.changed' }], hasMore: false });
    expect(await queries.deliveries(id, { ...all, status: 'failed' })).toMatchObject({
      rows: [{ subject: 'c' }, { subject: 'a' }],
      hasMore: false,
    });
  });
});
