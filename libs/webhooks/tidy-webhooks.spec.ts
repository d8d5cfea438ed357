import { createLogger } from '#platform';
import { startWebhooks, type WebhooksUnderTest } from '#dev/testing';
import { TidyWebhooks } from './tidy-webhooks.ts';

const days = 86_400_000;

describe('webhooks that are tidied', () => {
  let under: WebhooksUnderTest;

  beforeEach(async () => {
    under = await startWebhooks();
  });

  afterEach(() => under.close());

  async function tidy(): Promise<void> {
    const destination = { write: (line: string) => void under.logged.push(line) };
    const log = createLogger('test', { logLevel: 'info', logFormat: 'json' }, destination);
    const { pool } = under;
    const tidying = new TidyWebhooks({ pool, log, keptDays: 30, clock: () => under.now });
    await tidying.assertThere();
    await tidying.round(new AbortController().signal);
  }

  async function select(sql: string): Promise<unknown[]> {
    return (await under.pool.query(sql)).rows;
  }

  it('are disabled after five days without a success, and that is logged', async () => {
    const { id } = await under.create({ url: 'x:' });
    const other = await under.create({ url: 'x:' });
    await under.pool.query('update webhooks set failing_since = $2 where id = $1', [id, new Date(under.now)]);
    under.now += 5 * days - 1;
    await tidy();
    expect(under.logged).toEqual([]);
    under.now += 1;
    await tidy();
    await tidy();
    expect(under.logged).toHaveLength(1);
    expect(JSON.parse(under.logged[0] ?? '')).toMatchObject({
      webhook: id,
      msg: 'the webhook was disabled: no success for 5 days',
    });
    expect(await select('select id, disabled_because from webhooks where disabled_at is not null')).toEqual([
      { id, disabled_because: 'failing' },
    ]);
    expect(await select(`select from webhooks where id = '${other.id}' and disabled_at is null`)).toHaveLength(1);
  });

  it('lose deliveries that are old, but not what an enabled one has not got yet', async () => {
    const [enabled, disabled] = [await under.create({ url: 'x:' }), await under.create({ url: 'x:' })];
    await under.webhooks.change(disabled.id, { isEnabled: false });
    await under.tell('failed', 'delivered', 'pending');
    await under.pool.query(`update webhook_deliveries set status = subject where subject <> 'pending'`);
    under.now += 29 * days;
    await under.tell('pending');
    await tidy();
    expect(await select('select from webhook_deliveries')).toHaveLength(8);
    under.now += 2 * days;
    await tidy();
    const left = 'select webhook_id as id, event_id from webhook_deliveries order by event_id, number';
    expect(await select(left)).toEqual([
      { id: enabled.id, event_id: 'evt_3' },
      ...[enabled, disabled].map(({ id }) => ({ id, event_id: 'evt_4' })).toSorted(byId),
    ]);
    under.now += 30 * days;
    await tidy();
    expect(await select('select webhook_id as id, subject from webhook_queues')).toContainEqual({
      id: enabled.id,
      subject: 'pending',
    });
    expect(
      await select(`select from webhook_queues where webhook_id = '${disabled.id}' and subject = 'pending'`),
    ).toEqual([]);
  });

  it('are gone after they were deleted, with all of their deliveries', async () => {
    const { id } = await under.create({ url: 'x:' });
    await under.tell('a', 'b');
    await under.webhooks.delete(id);
    await tidy();
    for (const table of ['webhooks', 'webhook_deliveries', 'webhook_queues'])
      expect(await select(`select from ${table}`)).toEqual([]);
  });
});

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
