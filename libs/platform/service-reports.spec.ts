import { freshDatabase, until, type FreshDatabase } from '#dev/testing';
import { Health } from './health.ts';
import { createLogger } from './logging.ts';
import { migrate } from './postgres/migrate.ts';
import { readServiceReports, serviceReportMigrations, ServiceReporter } from './service-reports.ts';

describe('the reports of services', () => {
  let database: FreshDatabase;
  let health: Health;
  const logged: string[] = [];
  const reporters: ServiceReporter[] = [];

  beforeEach(async () => {
    logged.length = 0;
    database = await freshDatabase();
    health = new Health();
    health.phase = 'ready';
    health.add({ name: 'postgres', essential: true, check: async () => undefined });
  });

  afterEach(async () => {
    await Promise.all(reporters.splice(0).map((reporter) => reporter.stop().catch(() => undefined)));
    await database.drop();
  });

  function start(everyMs: number): ServiceReporter {
    const destination = { write: (line: string) => void logged.push(line) };
    const log = createLogger('test', { logLevel: 'info', logFormat: 'json' }, destination);
    const reporter = new ServiceReporter({ service: 'projector', pool: database.pool, health, log, everyMs });
    reporters.push(reporter);
    reporter.start();
    return reporter;
  }

  const reports = () => readServiceReports(database.pool);

  it('say how each process is, again and again, until it stops', async () => {
    await migrate(database.pool, serviceReportMigrations);
    health.add({ name: 'redis', essential: false, check: () => Promise.reject(new Error('x'.repeat(2000))) });
    const reporter = start(10);
    const [first] = await until(reports, ({ length }) => length === 1);
    expect(first).toEqual({
      service: 'projector',
      instance: expect.stringContaining(String(process.pid)),
      version: '0.1.0',
      phase: 'ready',
      startedAt: expect.any(Date),
      saidAt: expect.any(Date),
      isReporting: true,
      checks: [
        { name: 'postgres', essential: true, ok: true, error: null },
        { name: 'redis', essential: false, ok: false, error: 'x'.repeat(500) },
      ],
    });
    health.phase = 'stopping';
    await until(reports, ([report]) => report?.phase === 'stopping' && report.saidAt > (first?.saidAt ?? new Date()));
    await reporter.stop();
    expect(await reports()).toEqual([]);
    expect(logged).toEqual([]);
  });

  it('show a process that no longer reports, for an hour', async () => {
    await migrate(database.pool, serviceReportMigrations);
    await database.pool.query(
      `insert into service_reports (service, instance, version, phase, started_at, checks, said_at)
       select 'query-api', seconds, '0.1.0', 'ready', now(), '[]', now() - make_interval(secs => seconds)
       from unnest(array[10, 20, 3700]) seconds`,
    );
    start(60_000);
    await until(reports, (all) => all.length === 3 && all.some(({ service }) => service === 'projector'));
    expect(await reports()).toMatchObject([
      { service: 'projector', isReporting: true },
      { instance: '10', isReporting: true },
      { instance: '20', isReporting: false },
    ]);
  });

  it('are missed once in the log, until they can be written again', async () => {
    start(5);
    await until(() => logged.length === 1);
    await migrate(database.pool, serviceReportMigrations);
    await until(reports, ({ length }) => length === 1);
    expect(logged).toHaveLength(1);
    await database.pool.query('drop table service_reports');
    await until(() => logged.length === 2);
    expect(logged[1]).toContain('the report of the service could not be written');
  });
});
