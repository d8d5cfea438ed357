import fc from 'fast-check';
import { slowness, startSystem, type RunningSystem } from '#dev/testing';
import { bodyBytesMax, hostileForm, hostileJson, hostileText } from './hostile.ts';
import { mainThreadMs } from './main-thread.ts';
import { statusOf } from './status-of.ts';
import { allOperations, type Operation } from './operations.ts';
import { staffToken } from './staff-token.ts';

// Of the whole request, of which no synchronous stretch can have more.
const heldMsMax = 50;
// What comes on top by chance, such as a garbage collection, does not come every time.
const triesMax = 4;
const headerBytesMax = 12_000;
const operations = await allOperations();

interface Sent {
  readonly body?: string | undefined;
  readonly query?: string;
  readonly segment?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('the event loop', () => {
  let system: RunningSystem;
  let token: string;

  beforeAll(async () => {
    system = await startSystem({
      HOLDFAST_WRITES_PER_MINUTE_MAX: '0',
      HOLDFAST_READS_PER_MINUTE_MAX: '0',
      HOLDFAST_LOGINS_PER_ADDRESS_MAX: '1000000',
      HOLDFAST_LOGINS_PER_ACCOUNT_MAX: '10000',
      HOLDFAST_CONSISTENCY_WAIT_MS: '0',
    });
    token = await staffToken(system);
  });

  afterAll(() => system.stop());

  function send(operation: Operation, { body, query = '', segment = 'x', headers = {} }: Sent): Promise<number> {
    const { service, method } = operation;
    const path = operation.path.replace(/\{\w+\}/g, encodeURIComponent(segment.toWellFormed()));
    return statusOf(`${system[service].url}${path}${query === '' ? '' : `?${query}`}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body,
    });
  }

  /** The least of some tries, unless the first is soon enough. */
  async function heldMs(operation: Operation, sent: Sent): Promise<number> {
    const { pid } = system[operation.service].child;
    let least = Infinity;
    for (let tries = 0; tries < triesMax && least > heldMsMax; tries++) {
      const before = await mainThreadMs(pid);
      expect(await send(operation, sent)).toBeLessThan(500);
      const held = (await mainThreadMs(pid)) - before;
      least = Math.min(least, held > heldMsMax ? held / slowness() : held);
    }
    return least;
  }

  function expectNeverHeld(operation: Operation, requests: fc.Arbitrary<Sent>, numRuns: number): Promise<void> {
    const property = fc.asyncProperty(requests, async (sent) => {
      expect(await heldMs(operation, sent)).toBeLessThan(heldMsMax);
    });
    // What fails is large: to make it smaller takes long, and tells no more.
    return fc.assert(property, { numRuns, endOnFailure: true });
  }

  const writes = operations.filter(({ service }) => service === 'commandApi');

  it.each(writes)('is not held by any body to $name', async (operation) => {
    const { fields, body = {} } = operation;
    const idempotencyKey = fc.uuid().map((key) => ({ 'idempotency-key': key }));
    const right = fc.constantFrom({}, body).chain((base) => hostileJson(fields, base));
    const requests = fc.record({ body: right, headers: idempotencyKey });
    await expectNeverHeld(operation, requests, 10);
  });

  it.each(writes.filter(({ takesForm }) => takesForm))('is not held by any form to $name', async (operation) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const requests = hostileForm(operation.fields).map((body) => ({ body, headers }));
    await expectNeverHeld(operation, requests, 10);
  });

  it.each(writes.filter(({ path }) => path.startsWith('/auth/')))(
    'is not held by marks that combine, in any field of $name',
    async (operation) => {
      const marks = Math.floor((bodyBytesMax - 200) / 4);
      const text = `a${'\u0301'.repeat(marks)}${'\u0334'.repeat(marks)}@x`;
      for (const field of operation.fields) {
        expect(await heldMs(operation, { body: JSON.stringify({ [field]: text }) })).toBeLessThan(heldMsMax);
      }
    },
  );

  it.each(operations)('is not held by any address or header to $name', async (operation) => {
    const { segments, queries, body } = operation;
    const text = hostileText(headerBytesMax / 3).map((value) => encodeURIComponent(value.toWellFormed()));
    const name = fc.constantFrom(...queries, 'unknown');
    const query = fc.oneof(
      fc.tuple(name, text).map(([one, value]) => `${one}=${value}`.slice(0, headerBytesMax)),
      fc.constantFrom('a&', '&', 'a=1&', '=&').map((pair) => pair.repeat(headerBytesMax / pair.length)),
    );
    const headerName = fc.constantFrom(
      'accept-language', 'authorization', 'consistency-token', 'content-type', 'forwarded', 'idempotency-key',
      'if-none-match', 'traceparent', 'x-forwarded-for', 'x-request-id',
    ); // prettier-ignore
    const value = hostileText(headerBytesMax).map((one) => one.replace(/[^\x20-\x7e]/g, ',').trim());
    const header = fc.tuple(headerName, value).map(([one, of]) => ({ headers: { [one]: of } }));
    const requests = fc.oneof(
      header,
      ...(queries.length === 0 ? [] : [query.map((one) => ({ query: one }))]),
      ...(segments.length === 0 ? [] : [hostileText(300).map((segment) => ({ segment }))]),
    );
    await expectNeverHeld(
      operation,
      requests.map((sent) => ({ body: JSON.stringify(body), ...sent })),
      6,
    );
  });
});
