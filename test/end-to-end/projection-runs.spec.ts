import { itemStock, stockAggregate, stockStream } from '#domain';
import { createPool, transaction, type Pool } from '#platform';
import { viewOf } from '#projections';
import { availabilityProjection, movementsProjection, readModels } from '#read-models';
import { EventStream, until, type Answer } from '#dev/testing';
import { Recorder } from './recorder.ts';
import { startShop, type Shop } from './shop.ts';

const availability = viewOf(availabilityProjection);
const movements = viewOf(movementsProjection);
const stocks = 20;
const rounds = 12;
const commandsPerRound = 500;
/** More than a page of a rebuild. */
const eventsMin = 6000;

interface Run {
  readonly id: number;
  readonly kind: string;
  readonly state: string;
  readonly events: number;
  readonly progress: number;
}

interface Shown {
  readonly name: string;
  readonly store: string;
  readonly state: string;
  readonly generation: number | null;
  readonly position: string | null;
  readonly lagEvents: number | null;
  readonly run: Run | null;
}

describe.each(['PostgreSQL', 'EventStoreDB'] as const)(
  'rebuilds and verifications on request, events in %s',
  (kind) => {
    let shop: Shop;
    let pool: Pool;

    beforeAll(async () => {
      shop = await startShop(kind);
      pool = createPool({ url: shop.system.env['DATABASE_URL'] ?? '', connectionsMax: 3, name: 'test' });
      const recorder = await Recorder.of(shop.system);
      for (let round = 0; round < rounds; round++) {
        const provided = Array.from({ length: commandsPerRound }, (_, n) =>
          recorder.record(stockAggregate, stockStream(itemStock(`many${n % stocks}`)), {
            type: 'Provide',
            quantity: 1,
            provideId: null,
          }),
        );
        await Promise.all(provided);
      }
      await recorder.close();
      await until(
        () => live('movements'),
        ({ lagEvents }) => lagEvents === 0,
      );
    });

    afterAll(async () => {
      await pool.end();
      await shop.close();
    });

    function request(what: string, token = shop.staff): Promise<Answer> {
      return shop.send('POST', `/admin/projections/${what}`, token);
    }

    async function live(name: string): Promise<Shown> {
      const { body } = await shop.get('/admin/projections', shop.staff);
      const shown = (body.projections as Shown[]).find(
        (each) => each.name === name && each.store === 'PostgreSQL' && each.state === 'live',
      );
      if (shown === undefined) throw new Error(`${name} is not live`);
      return shown;
    }

    async function ended(name: string, id: number): Promise<Run> {
      const { run } = await until(
        () => live(name),
        ({ run: is }) => is?.id === id && ['done', 'failed'].includes(is.state),
      );
      return run as Run;
    }

    /** Keeps a rebuild from making the indexes of its table, and so from going live, until the work is done. */
    async function whileHeld(table: string, work: () => Promise<void>): Promise<void> {
      await transaction(pool, async (client) => {
        await client.query('select pg_advisory_xact_lock(704602, hashtext($1))', [table]);
        await work();
      });
    }

    it('are for staff, and of projections that there are', async () => {
      for (const what of [
        'rebuild',
        'verify',
        'runs/1/cancel',
        'parked/stock-item:x:1/retry',
        'parked/stock-item:x:1/skip',
      ]) {
        expect(await request(`availability/${what}`, shop.ann)).toMatchObject({
          status: 403,
          body: { code: 'FORBIDDEN' },
        });
      }
      for (const name of ['feed', 'webhooks', 'nothing']) {
        expect(await request(`${name}/rebuild`)).toMatchObject({
          status: 404,
          body: {
            code: 'PROJECTION_NOT_FOUND',
            data: { projections: readModels.map(({ projection }) => projection.name).join(', ') },
          },
        });
        expect(await request(`${name}/parked/stock-item:x:1/retry`)).toMatchObject({
          status: 404,
          body: { code: 'STREAM_NOT_PARKED' },
        });
      }
      expect((await live('availability')).run).toBeNull();
    });

    it('show their progress, are not done twice, and switch to the new table', async () => {
      const before = await live('movements');
      expect(before.generation).toBe(1);
      const stream = await EventStream.open(`${shop.system.queryApi.url}/admin/projections`, { token: shop.staff });
      const streamed = (): (Shown | undefined)[] =>
        stream.events
          .flatMap(({ data }) => data as Shown)
          .filter(({ name, state }) => name === 'movements' && state === 'live');
      await whileHeld(`${movements}_g2`, async () => {
        const requested = await request('movements/rebuild');
        expect(requested).toMatchObject({ status: 202, body: { kind: 'rebuild', projection: 'movements' } });
        const { run } = await until(
          () => live('movements'),
          ({ run: is }) => is?.progress === 1,
        );
        expect(run).toMatchObject({ id: requested.body.id, state: 'running', endedAt: null, error: null });
        expect(run?.events).toBeGreaterThanOrEqual(eventsMin);
        expect((await request('movements/rebuild')).body.id).toBe(requested.body.id);
        await until(streamed, (all) => all.some((shown) => shown?.run?.state === 'running'));
      });
      const { run } = await until(
        () => live('movements'),
        ({ run: is }) => is?.state === 'done',
      );
      expect(run).toMatchObject({ generation: 2, progress: 1, rows: null, differences: null, error: null });
      expect((await live('movements')).generation).toBe(2);
      await until(streamed, (all) => all.some((shown) => shown?.generation === 2 && shown.run?.state === 'done'));
      stream.close();
      expect((await request('movements/rebuild')).body.id).not.toBe(run?.id);
      await until(
        () => live('movements'),
        ({ generation, run: is }) => generation === 3 && is?.state === 'done',
      );
    });

    it('find a row that was tampered with, which a rebuild corrects', async () => {
      const { rowCount } = await pool.query(
        `update ${availability}_g1 set available = 77 where stock = (select max(stock) from ${availability}_g1)`,
      );
      expect(rowCount).toBe(1);
      const stream = await EventStream.open(`${shop.system.queryApi.url}/admin/projections`, { token: shop.staff });
      const { body: verifying } = await request('availability/verify');
      const found = await ended('availability', verifying.id);
      expect(found).toMatchObject({ kind: 'verify', state: 'done', rows: stocks, differences: 1, progress: 1 });
      expect(found).toMatchObject({
        differencesShown: [
          {
            where: 'PostgreSQL',
            expected: expect.stringContaining('"available":300'),
            found: expect.stringContaining('"available":77'),
          },
        ],
      });
      const streamed = await until(
        () => stream.events.flatMap(({ data }) => data as Shown).map(({ run }) => run),
        (all) => all.some((run) => run?.id === verifying.id && run?.state === 'done'),
      );
      expect(streamed.findLast((run) => run?.id === verifying.id)).toMatchObject({
        differences: 1,
        differencesShown: [],
      });
      stream.close();
      const { body: rebuilding } = await request('availability/rebuild');
      await ended('availability', rebuilding.id);
      const { body: again } = await request('availability/verify');
      expect(await ended('availability', again.id)).toMatchObject({ state: 'done', differences: 0, error: null });
    });

    it('are cancelled, leave the live table, and are not in the way of the next one', async () => {
      const { generation } = await live('movements');
      await whileHeld(`${movements}_g${Number(generation) + 1}`, async () => {
        const { id } = (await request('movements/rebuild')).body as Run;
        const waiting = (await request('availability/verify')).body as Run;
        await until(
          () => live('movements'),
          ({ run }) => run?.id === id && run.progress === 1,
        );
        const cancel = `runs/${id}/cancel`;
        expect(await request(`movements/${cancel}`, shop.ann)).toMatchObject({ status: 403 });
        for (const what of [`availability/${cancel}`, `nothing/${cancel}`, 'movements/runs/x/cancel'])
          expect(await request(what)).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
        expect(await request(`movements/${cancel}`)).toMatchObject({ status: 200, body: { id, state: 'cancelled' } });
        expect(await request(`movements/${cancel}`)).toMatchObject({ status: 200, body: { id, state: 'cancelled' } });
        // The projector is free for the next one, although the indexes still cannot be made.
        expect(await ended('availability', waiting.id)).toMatchObject({ state: 'done', differences: 0 });
        expect(await request(`availability/runs/${waiting.id}/cancel`)).toMatchObject({
          status: 409,
          body: { code: 'RUN_ENDED', data: { state: 'done' } },
        });
      });
      expect(await live('movements')).toMatchObject({ generation, run: { state: 'cancelled' } });
      const { body: again } = await request('movements/rebuild');
      expect(await ended('movements', again.id)).toMatchObject({ state: 'done', error: null });
      expect((await live('movements')).generation).toBe(Number(generation) + 1);
    });

    it('are finished by the next projector when one is killed', async () => {
      const { generation } = await live('movements');
      let id = 0;
      await whileHeld(`${movements}_g${Number(generation) + 1}`, async () => {
        ({ id } = (await request('movements/rebuild')).body as Run);
        await until(
          () => live('movements'),
          ({ run }) => run?.id === id && run.events >= eventsMin,
        );
        shop.system.projector.child.kill();
        await shop.system.projector.child.exited;
        expect((await live('movements')).run).toMatchObject({ id, state: 'running' });
      });
      await shop.system.start('projector');
      expect(await ended('movements', id)).toMatchObject({ state: 'done', error: null });
      expect((await live('movements')).generation).toBe(Number(generation) + 1);
      const { body: verifying } = await request('movements/verify');
      expect(await ended('movements', verifying.id)).toMatchObject({
        state: 'done',
        rows: rounds * commandsPerRound,
        differences: 0,
      });
    });
  },
);
