import { itemStock, stockAggregate, stockStream } from '#domain';
import { createPool, type Pool } from '#platform';
import { viewOf } from '#projections';
import { movementsProjection } from '#read-models';
import { call, startSystem, until, type Answer, type RunningSystem } from '#dev/testing';
import { Recorder } from '../end-to-end/recorder.ts';

const movements = viewOf(movementsProjection);

describe('a projector one of whose projections hangs', () => {
  let system: RunningSystem;
  let recorder: Recorder;
  let pool: Pool;

  beforeAll(async () => {
    system = await startSystem({ HOLDFAST_PROJECTION_STALLED_AFTER_MS: '500' });
    recorder = await Recorder.of(system);
    pool = createPool({ url: system.env['DATABASE_URL'] ?? '', connectionsMax: 1, name: 'test' });
  });

  afterAll(async () => {
    await recorder.close();
    await pool.end();
    await system.stop();
  });

  function provide(): Promise<unknown> {
    const command = { type: 'Provide', quantity: 1, provideId: null } as const;
    return recorder.record(stockAggregate, stockStream(itemStock('prod_001')), command);
  }

  function ready(): Promise<Answer> {
    return call(`${system.projector.url}/health/ready`);
  }

  it('is not ready, and says so, until it goes on', async () => {
    await provide();
    await until(async () => (await pool.query(`select from ${movements}`)).rowCount === 1);
    await until(ready, ({ status }) => status === 200);
    const client = await pool.connect();
    try {
      await client.query(`begin; lock table ${movements}_g1 in exclusive mode`);
      await provide();
      // On a busy machine, others may also come to a stop for a while.
      const stalled = await until(ready, ({ body }) => body.degraded.length === 1 && body.degraded[0] === movements);
      expect(stalled.status).toBe(503);
      const { stdout } = await system.cli(['projections', 'status']);
      expect(stdout).toContain(
        'movements in PostgreSQL: it has been stalled for over 500 ms while events are appended',
      );
      const metrics = await (await fetch(`${system.projector.url}/metrics`)).text();
      expect(metrics).toMatch(new RegExp(`holdfast_projection_stalled\\{projection="${movements}",[^}]*\\} 1`));
    } finally {
      // Whatever fails: the projector waits for it, and so would everything that ends after it.
      client.release(true);
    }
    expect(await until(ready, ({ status }) => status !== 503)).toMatchObject({ status: 200, body: { degraded: [] } });
  });
});
