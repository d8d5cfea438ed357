import { itemAggregate, itemStock, stockAggregate, stockStream } from '#domain';
import { createPool, type Pool } from '#platform';
import { viewOf } from '#projections';
import { availabilityProjection, movementsProjection } from '#read-models';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';
import { Recorder } from './recorder.ts';

type Token = Record<string, string>;

const staff = { email: 'staff@example.com', password: 'staff-password' };
// What a defect in a projection, or in its table, would do: events of one stream that cannot be taken.
const rejection = 'add constraint rejected check (available < 13)';

describe('a stream that is parked', () => {
  let system: RunningSystem;
  let recorder: Recorder;
  let pool: Pool;
  let token: string;

  beforeAll(async () => {
    system = await startSystem();
    recorder = await Recorder.of(system);
    pool = createPool({ url: system.env['DATABASE_URL'] ?? '', connectionsMax: 2, name: 'test' });
    const { email, password } = staff;
    const args = ['users', 'create', '--email', email, '--name', 'staff', '--role', 'staff', '--password-stdin'];
    await system.cli(args, password);
    token = (await call(`${system.commandApi.url}/auth/login`, { body: staff })).body.token;
    for (const [index, itemId] of ['good', 'bad'].entries()) {
      const create = { type: 'CreateItem', itemId, number: index + 1, name: itemId, price: 1 } as const;
      await recorder.record(itemAggregate, itemAggregate.streamOf(itemId), create);
    }
  });

  afterAll(async () => {
    await recorder.close();
    await pool.end();
    await system.stop();
  });

  function provide(itemId: string, quantity: number): Promise<Token> {
    const command = { type: 'Provide', quantity, provideId: null } as const;
    return recorder.record(stockAggregate, stockStream(itemStock(itemId)), command);
  }

  function get(path: string, headers: Token = {}): Promise<Answer> {
    return call(`${system.queryApi.url}${path}`, { token, headers });
  }

  function untilOk(path: string, headers: Token): Promise<Answer> {
    return until(
      () => get(path, headers),
      ({ status }) => status !== 503,
    );
  }

  /** The projector has come to what the query has to see, or parked it. */
  function untilSeen(path: string, headers: Token): Promise<Answer> {
    return until(
      () => get(path, headers),
      ({ body }) => body.code !== 'NOT_YET_VISIBLE',
    );
  }

  /** A projector says how it stands now and then: until it has said so after the last event, and of both that are parked. */
  function untilSaid(): Promise<Answer> {
    return until(
      () => get('/admin/projections'),
      ({ body }) => {
        const said = body.projections as { lagEvents: number; parkedStreams: number }[];
        const parked = said.reduce((sum, { parkedStreams }) => sum + parkedStreams, 0);
        return parked === 2 && said.every(({ lagEvents }) => lagEvents === 0);
      },
    );
  }

  async function inTables(change: string): Promise<void> {
    for (const projection of [availabilityProjection, movementsProjection]) {
      await pool.query(`alter table ${viewOf(projection)}_g1 ${change}`);
    }
  }

  async function attempts(): Promise<number[]> {
    const { stdout } = await system.cli(['projections', 'parked', '--json']);
    return (JSON.parse(stdout) as { attempts: number }[]).map((parked) => parked.attempts);
  }

  async function metricsOf(url: string): Promise<string> {
    return (await fetch(`${url}/metrics`)).text();
  }

  it('is rejected at once to whoever has to see it, and holds up nobody else', async () => {
    const before = await provide('bad', 5);
    expect(await untilOk('/items/bad', before)).toMatchObject({ status: 200, body: { stock: 5 } });
    await inTables(rejection);
    for (const seen of [await provide('bad', 8), await provide('bad', 1)]) {
      for (const path of ['/items/bad', '/items', '/stock/bad', '/stock/bad/history']) {
        const answer = await untilSeen(path, seen);
        expect(answer).toMatchObject({ status: 503, body: { code: 'PROJECTION_PARKED' } });
        expect(answer.headers.get('retry-after')).toBe('1');
      }
      expect(await untilOk('/holds', seen)).toMatchObject({ status: 200 });
    }
    expect(await untilOk('/items/good', await provide('good', 7))).toMatchObject({ status: 200, body: { stock: 7 } });
    expect(await get('/items/bad', before)).toMatchObject({ status: 200, body: { stock: 5 } });
  });

  it('is shown to staff, and to nobody else', async () => {
    const { status, body } = await untilSaid();
    expect(status).toBe(200);
    expect(body.parked).toMatchObject(
      ['availability', 'movements'].map((projection) => ({
        projection,
        stream: 'stock-item:bad:1',
        revision: 1,
        error: expect.stringContaining('rejected'),
      })),
    );
    const projections = body.projections as { name: string; store: string; parkedStreams: number }[];
    const parked = projections.map(({ name, store, parkedStreams }) => [`${name} ${store}`, parkedStreams]);
    expect(Object.fromEntries(parked)).toEqual({
      'items PostgreSQL': 0,
      'item_history PostgreSQL': 0,
      'categories PostgreSQL': 0,
      'slots PostgreSQL': 0,
      'availability PostgreSQL': 1,
      'availability Redis': 0,
      'movements PostgreSQL': 1,
      'holds PostgreSQL': 0,
      'purchases PostgreSQL': 0,
      'returns PostgreSQL': 0,
      'sale_terms PostgreSQL': 0,
      'sales PostgreSQL': 0,
      'orders PostgreSQL': 0,
      'order_lines PostgreSQL': 0,
      'order_history PostgreSQL': 0,
      'lends PostgreSQL': 0,
      'inventories PostgreSQL': 0,
      'provides PostgreSQL': 0,
      'transfers PostgreSQL': 0,
      'requests PostgreSQL': 0,
      'request_items PostgreSQL': 0,
      'acceptances PostgreSQL': 0,
      'webhooks PostgreSQL': 0,
      'feed Redis': 0,
    });
    const ofTable = projections.find(({ name, store }) => name === 'availability' && store === 'PostgreSQL');
    expect(ofTable).toEqual({
      name: 'availability',
      schema: 3,
      store: 'PostgreSQL',
      generation: 1,
      state: 'live',
      position: expect.stringContaining('@'),
      lagEvents: 0,
      lagIsExact: true,
      lagSeconds: 0,
      eventsPerSecond: expect.any(Number),
      parkedStreams: 1,
      error: null,
      saidAt: expect.any(String),
      run: null,
    });
    expect((await call(`${system.queryApi.url}/admin/projections`)).status).toBe(401);
    expect((await system.cli(['projections', 'status'])).stdout).toMatch(/availability 3 +PostgreSQL .* 1 /);
    for (const [metric, value] of [
      ['parked_streams', 1],
      ['lag_events', 0],
    ] as const) {
      const line = new RegExp(
        `holdfast_projection_${metric}\\{projection="${viewOf(movementsProjection)}",[^}]*\\} ${value}\n`,
      );
      await until(
        () => metricsOf(system.projector.url),
        (metrics) => line.test(metrics),
      );
    }
  });

  it('stays parked when it is tried again too early', async () => {
    for (const name of ['availability', 'movements']) {
      expect(await system.cli(['projections', 'retry', name, 'stock-item:bad:1'])).toMatchObject({ exitCode: 0 });
    }
    await until(attempts, (all) => all.every((tries) => tries >= 2));
    expect(await untilSeen('/items/bad', await provide('bad', 1))).toMatchObject({
      body: { code: 'PROJECTION_PARKED' },
    });
  });

  it('has the same rows as if nothing had happened, once it is mended and tried again', async () => {
    const seen = await provide('bad', 1);
    await inTables('drop constraint rejected');
    await system.cli(['projections', 'retry', 'availability', 'stock-item:bad:1']);
    const retry = `${system.commandApi.url}/admin/projections/movements/parked/stock-item:bad:1/retry`;
    expect(await call(retry, { method: 'POST', token })).toMatchObject({
      status: 202,
      body: { projection: 'movements', stream: 'stock-item:bad:1', action: 'retry' },
    });
    expect(await untilOk('/items/bad', seen)).toMatchObject({ status: 200, body: { stock: 16 } });
    const { body } = await untilOk('/stock/bad/history', seen);
    expect(body.movements.map(({ stock }: { stock: number }) => stock).toSorted()).toEqual([13, 14, 15, 16, 5]);
    expect(await system.cli(['projections', 'verify', '--all'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await get('/admin/projections')).body.parked).toEqual([]);
  });
});
