import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import {
  startReceiver,
  startWebhooks,
  until,
  type Received,
  type Receiver,
  type WebhooksUnderTest,
} from '#dev/testing';
import type { Attempt } from './webhook.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

interface Row {
  readonly id: string;
  readonly status: string;
  readonly attempts: readonly Attempt[];
}

describe('webhooks', () => {
  let under: WebhooksUnderTest;
  let receivers: Receiver[];

  beforeEach(async () => {
    receivers = [];
    under = await startWebhooks();
  });

  afterEach(async () => {
    await under.close();
    await Promise.all(receivers.map((each) => each.close()));
  });

  async function receiver(...answer: Parameters<typeof startReceiver>): Promise<Receiver> {
    const started = await startReceiver(...answer);
    receivers.push(started);
    return started;
  }

  async function deliveries(): Promise<Row[]> {
    const { rows } = await under.pool.query<Row>(
      'select event_id as id, status, attempts from webhook_deliveries order by number',
    );
    return rows;
  }

  /** The deliveries, when all of them have ended. */
  function ended(): Promise<Row[]> {
    return until(deliveries, (rows) => rows.every(({ status }) => status !== 'pending'));
  }

  /** When as many attempts are recorded: the next is due only later. */
  function attempted(count: number | (() => number)): Promise<Row[]> {
    const wanted = typeof count === 'number' ? () => count : count;
    return until(deliveries, (rows) => rows.reduce((sum, { attempts }) => sum + attempts.length, 0) === wanted());
  }

  it('arrive signed, with the id of the event, once', async () => {
    const { url, received } = await receiver();
    const { secret } = await under.create({ url });
    const [id] = await under.tell('lamp');
    under.startSender();
    const [first] = await until(
      () => received,
      ({ length }) => length === 1,
    );
    expect(first?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(under.now / 1000)),
      'webhook-signature': first === undefined ? '' : signed(first, secret),
    });
    expect(JSON.parse(first?.body ?? '')).toEqual({
      type: 'stock.changed',
      version: 1,
      timestamp: new Date(under.now).toISOString(),
      data: { id: 'lamp' },
    });
    expect(await ended()).toMatchObject([{ id, status: 'delivered', attempts: [{ status: 204, error: null }] }]);
    expect(await queues()).toEqual([]);
  });

  it('are attempted ten times, ever later, with one id and the time of the attempt; then the next of the subject goes on', async () => {
    const { url, received } = await receiver((_, response) => respond(response, 500));
    await under.create({ url });
    const [id, next] = await under.tell('lamp', 'lamp');
    under.startSender();
    const delays = [5 * seconds, 5 * minutes, 30 * minutes, 2 * hours, 5 * hours, 10 * hours, 14 * hours, 20 * hours];
    for (const [before, delay] of [...delays, 24 * hours].entries()) {
      await attempted(before + 1);
      const waitMs = (await dueAt()) - under.now;
      expect(waitMs).toBeGreaterThanOrEqual(delay);
      expect(waitMs).toBeLessThanOrEqual(1.1 * delay);
      await under.pass(1.1 * delay);
    }
    await attempted(11);
    const [first, second] = await deliveries();
    expect(first).toMatchObject({ id, status: 'failed' });
    expect(second).toMatchObject({ id: next, status: 'pending', attempts: [{ status: 500 }] });
    const ofFirst = received.slice(0, 10).map(({ headers }) => headers);
    expect(new Set(ofFirst.map((headers) => headers['webhook-id']))).toEqual(new Set([id]));
    const times = first?.attempts.map(({ at }) => String(Math.floor(Date.parse(at) / 1000)));
    expect(ofFirst.map((headers) => headers['webhook-timestamp'])).toEqual(times);
    expect(new Set(times).size).toBe(10);
  });

  it('wait until they are due, while other subjects go on; those of one subject keep their order', async () => {
    const failing = new Set(['lamp']);
    const { url, received } = await receiver((one, response) =>
      respond(response, failing.has(subjectOf(one)) ? 500 : 200),
    );
    await under.create({ url });
    await under.tell('lamp', 'sofa', 'lamp');
    under.startSender();
    await attempted(2);
    await under.pass(4 * seconds);
    await under.tell('table');
    await attempted(3);
    expect(received.map(subjectOf)).toEqual(expect.arrayContaining(['lamp', 'sofa', 'table']));
    expect(received).toHaveLength(3);
    failing.clear();
    await under.pass(2 * seconds);
    await ended();
    expect(received.slice(3).map(({ headers }) => headers['webhook-id'])).toEqual(['evt_1', 'evt_3']);
  });

  it('keep their order per subject when there are many, and each arrives once', async () => {
    const { url, received } = await receiver((_, response) => void setImmediate(() => respond(response, 204)));
    await under.create({ url });
    under.startSender();
    const subjects = Array.from({ length: 60 }, (_, number) => `subject-${number % 7}`);
    for (let page = 0; page < 20; page++) await under.tell(...subjects);
    await ended();
    for (const [, ofOne] of Map.groupBy(received, subjectOf)) {
      const numbers = ofOne.map(({ headers }) => Number(String(headers['webhook-id']).slice('evt_'.length)));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1200);
    expect(received).toHaveLength(1200);
    expect(await queues()).toEqual([]);
  });

  it('fail when the receiver does not answer in time, and are retried', async () => {
    const { url } = await receiver(() => undefined);
    await under.create({ url });
    await under.tell('lamp');
    under.startSender({ requestTimeoutMs: 50 });
    expect(await attempted(1)).toMatchObject([
      { status: 'pending', attempts: [{ status: null, error: 'no answer within 50 ms' }] },
    ]);
  });

  it('fail when they are redirected', async () => {
    const { url, received } = await receiver((_, response) => respond(response, 308, { location: '/elsewhere' }));
    await under.create({ url });
    await under.tell('lamp');
    under.startSender();
    expect(await attempted(1)).toMatchObject([{ status: 'pending', attempts: [{ status: 308 }] }]);
    expect(received).toHaveLength(1);
  });

  it('are held back from a receiver that answered 410, until it is enabled again', async () => {
    const statuses = [410];
    const { url, received } = await receiver((_, response) => respond(response, statuses.shift() ?? 204));
    const { id } = await under.create({ url });
    await under.tell('lamp');
    under.startSender();
    await attempted(1);
    expect(await webhook(id)).toMatchObject({ disabled_because: 'gone' });
    expect(under.logged.join('')).toContain('its receiver answered 410');
    await under.tell('lamp', 'sofa');
    const other = await receiver();
    await under.create({ url: other.url });
    await under.tell('table');
    await until(
      () => other.received,
      ({ length }) => length === 1,
    );
    expect(received).toHaveLength(1);
    await under.webhooks.change(id, { isEnabled: true });
    await under.pass(60 * seconds);
    await ended();
    expect(received.slice(1).map(subjectOf).toSorted()).toEqual(['lamp', 'lamp', 'sofa', 'table']);
    expect(received.filter((one) => subjectOf(one) === 'lamp').map(({ headers }) => headers['webhook-id'])).toEqual([
      'evt_1',
      'evt_1',
      'evt_2',
    ]);
  });

  it.each([410, 429])('that are in memory already are not sent after a %s', async (status) => {
    const { url, received } = await receiver((_, response) => respond(response, status, { 'retry-after': '60' }));
    await under.create({ url });
    await under.tell(...Array.from({ length: 40 }, (_, number) => `subject-${number}`));
    under.startSender();
    await until(
      () => received,
      ({ length }) => length > 0,
    );
    const other = await receiver();
    await under.create({ url: other.url });
    await under.tell('table');
    await until(
      () => other.received,
      ({ length }) => length === 1,
    );
    await attempted(() => received.length + 1);
    expect(received.length).toBeLessThanOrEqual(8);
  });

  it('are held back, all of them, for as long as the receiver asked for', async () => {
    const answers = [429];
    const { url, received } = await receiver((_, response) =>
      respond(response, answers.shift() ?? 204, { 'retry-after': '60' }),
    );
    await under.create({ url });
    await under.tell('lamp');
    under.startSender();
    await attempted(1);
    await under.tell('sofa');
    await under.pass(59 * seconds);
    const other = await receiver();
    await under.create({ url: other.url });
    await under.tell('table');
    await until(
      () => other.received,
      ({ length }) => length === 1,
    );
    expect(received.map(subjectOf)).toEqual(['lamp']);
    await under.pass(1 * seconds);
    await ended();
    expect(received.map(subjectOf).toSorted()).toEqual(['lamp', 'lamp', 'sofa', 'table']);
  });

  it('do not wait for the receiver of another webhook, which gets few at the same time', async () => {
    const held: ServerResponse[] = [];
    const slow = await receiver((_, response) => void held.push(response));
    const quick = await receiver();
    await under.create({ url: slow.url });
    await under.create({ url: quick.url });
    await under.tell(...Array.from({ length: 300 }, (_, number) => `subject-${number}`));
    under.startSender();
    await until(
      () => quick.received,
      ({ length }) => length === 300,
    );
    await until(() => held.length >= 8);
    expect(held).toHaveLength(8);
    for (const response of held) respond(response, 204);
    await until(
      () => slow.received,
      ({ length }) => length === 16,
    );
  });

  it('are signed with each secret during the overlap of a rotation, then with the new one alone', async () => {
    const { url, received } = await receiver();
    const { id, secret: first } = await under.create({ url });
    const second = (await under.webhooks.rotateSecret(id, 'rotation', 3600)) ?? '';
    under.startSender();
    await under.tell('lamp');
    const [during] = await until(
      () => received,
      ({ length }) => length === 1,
    );
    expect(during?.headers['webhook-signature']).toBe(during && `${signed(during, second)} ${signed(during, first)}`);
    await under.pass(3601 * seconds);
    await under.tell('lamp');
    const [, after] = await until(
      () => received,
      ({ length }) => length === 2,
    );
    expect(after?.headers['webhook-signature']).toBe(after && signed(after, second));
  });

  it('are delivered again with the same id when the process that sent them was stopped before it noted that', async () => {
    const held: ServerResponse[] = [];
    const { url, received } = await receiver((_, response) => {
      if (received.length > 1) respond(response, 204);
      else held.push(response);
    });
    await under.create({ url });
    await under.tell('lamp', 'lamp');
    const first = under.startSender();
    await until(
      () => held,
      ({ length }) => length === 1,
    );
    await first.stop();
    under.startSender();
    await ended();
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(['evt_1', 'evt_1', 'evt_2']);
  });

  it('under way are noted when the process stops and they end in time; no others are begun', async () => {
    const held: ServerResponse[] = [];
    const { url } = await receiver((_, response) => void held.push(response));
    await under.create({ url });
    await under.tell('lamp', 'lamp');
    const sender = under.startSender();
    await until(
      () => held,
      ({ length }) => length === 1,
    );
    const stopped = sender.stop(10_000);
    for (const response of held) respond(response, 204);
    await stopped;
    expect((await deliveries()).map(({ status }) => status)).toEqual(['delivered', 'pending']);
  });

  it('are sent by one process at a time', async () => {
    const { url, received } = await receiver((_, response) => void setImmediate(() => respond(response, 204)));
    await under.create({ url });
    const senders = [under.startSender(), under.startSender()];
    await under.tell(...Array.from({ length: 200 }, (_, number) => `subject-${number}`));
    await ended();
    expect(received).toHaveLength(200);
    await Promise.all(senders.map((sender) => sender.stop()));
  });

  it('are replayed with their id: one of them, whatever became of it', async () => {
    const { url, received } = await receiver();
    const { id } = await under.create({ url });
    await under.tell('lamp');
    under.startSender();
    await ended();
    expect(await under.deliveries.replay(id, 'evt_1')).toMatchObject({ eventId: 'evt_1', status: 'pending' });
    await under.pass(60 * seconds);
    await ended();
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(['evt_1', 'evt_1']);
    expect(await deliveries()).toMatchObject([{ attempts: [{ status: 204 }, { status: 204 }] }]);
    expect(await under.deliveries.replay(id, 'evt_2')).toBeUndefined();
    expect(await under.deliveries.replay('hook_other', 'evt_1')).toBeUndefined();
  });

  it.each([204, 500])(
    'are attempted again when they are replayed during an attempt that ends with %s',
    async (status) => {
      const held: ServerResponse[] = [];
      const { url, received } = await receiver((_, response) => {
        if (received.length > 1) respond(response, 204);
        else held.push(response);
      });
      const { id } = await under.create({ url });
      await under.tell('lamp');
      under.startSender();
      await until(
        () => held,
        ({ length }) => length === 1,
      );
      await under.deliveries.replay(id, 'evt_1');
      for (const response of held) respond(response, status);
      await until(
        () => received,
        ({ length }) => length === 2,
      );
      await ended();
      expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(['evt_1', 'evt_1']);
    },
  );

  it('that failed are replayed, all of them, also while the webhook is disabled, and nothing else is sent then', async () => {
    const { url, received } = await receiver();
    const { id } = await under.create({ url });
    await under.tell('lamp', 'sofa', 'lamp');
    await under.pool.query(`update webhook_deliveries set status = 'failed' where number < 3`);
    await under.webhooks.change(id, { isEnabled: false });
    expect(await under.deliveries.replayFailed(id)).toEqual({ replayed: 2, hasMore: false });
    under.startSender();
    await until(deliveries, (rows) => rows.filter(({ status }) => status === 'delivered').length === 2);
    expect(received.map(({ headers }) => String(headers['webhook-id'])).toSorted()).toEqual(['evt_1', 'evt_2']);
    expect((await deliveries()).map(({ status }) => status)).toEqual(['delivered', 'delivered', 'pending']);
    expect((await under.pool.query('select subject, has_replays from webhook_queues')).rows).toEqual([
      { subject: 'lamp', has_replays: false },
    ]);
    await under.webhooks.change(id, { isEnabled: true });
    await under.pass(60 * seconds);
    await ended();
    expect(received).toHaveLength(3);
  });

  it('are sent to the new URL as soon as it is changed, also while there is much to send', async () => {
    const [before, after] = [await receiver(), await receiver()];
    const { id } = await under.create({ url: before.url });
    await under.tell(...Array.from({ length: 1000 }, (_, number) => `subject-${number}`));
    under.startSender();
    await until(
      () => before.received,
      ({ length }) => length > 0,
    );
    await under.webhooks.change(id, { url: after.url });
    await ended();
    expect(after.received.length).toBeGreaterThan(0);
    expect(before.received.length + after.received.length).toBe(1000);
  });

  it('are no longer sent to a webhook that was deleted', async () => {
    const { url, received } = await receiver();
    const { id } = await under.create({ url });
    await under.tell('lamp');
    await under.webhooks.delete(id);
    const other = await receiver();
    await under.create({ url: other.url });
    await under.tell('sofa');
    under.startSender();
    await until(
      () => other.received,
      ({ length }) => length === 1,
    );
    expect(received).toEqual([]);
  });

  it('are counted by outcome, and how late the oldest is; logs have no secret', async () => {
    const held: ServerResponse[] = [];
    const { url } = await receiver((_, response) => void held.push(response));
    const { secret } = await under.create({ url });
    await under.tell('lamp');
    under.now += 7 * seconds;
    under.startSender();
    const [response] = await until(
      () => held,
      ({ length }) => length === 1,
    );
    const late = await under.metrics.metrics();
    expect(late).toMatch(/holdfast_webhook_lag_seconds\{.*\} 7(\.|\n)/);
    expect(late).toMatch(/holdfast_webhooks\{.*status="enabled".*\} 1/);
    if (response !== undefined) respond(response, 500);
    await attempted(1);
    expect(await under.metrics.metrics()).toMatch(/holdfast_webhook_attempts_total\{.*outcome="retry".*\} 1/);
    expect(under.logged.join('')).not.toContain(secret.slice('whsec_'.length));
  });

  async function dueAt(): Promise<number> {
    const { rows } = await under.pool.query<{ due: Date }>('select due_at as due from webhook_queues');
    return rows[0]?.due.getTime() ?? 0;
  }

  async function webhook(id: string): Promise<unknown> {
    return (await under.pool.query('select * from webhooks where id = $1', [id])).rows[0];
  }

  async function queues(): Promise<unknown[]> {
    return (await under.pool.query('select subject from webhook_queues')).rows;
  }
});

function subjectOf({ body }: Received): string {
  return (JSON.parse(body) as { data: { id: string } }).data.id;
}

function respond(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, headers).end();
}

function signed({ headers, body }: Received, secret: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}
