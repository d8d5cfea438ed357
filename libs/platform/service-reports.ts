import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { CheckResult, Health, Phase } from './health.ts';
import type { Migration } from './postgres/migrate.ts';
import type { Pool } from './postgres/pool.ts';

export const serviceReportMigrations: readonly Migration[] = [
  {
    name: 'platform-1-service-reports',
    sql: `
      create table service_reports (
        service text not null,
        instance text not null,
        version text not null,
        phase text not null,
        started_at timestamptz not null,
        checks jsonb not null,
        said_at timestamptz not null default now(),
        primary key (service, instance)
      );
    `,
  },
];

/** What a process says of itself. */
export interface ServiceReport {
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  readonly phase: Phase;
  readonly startedAt: Date;
  readonly saidAt: Date;
  /** Whether it said so within the last 15 seconds. */
  readonly isReporting: boolean;
  readonly checks: readonly CheckResult[];
}

interface ServiceReporterOptions {
  readonly service: string;
  readonly pool: Pool;
  readonly health: Health;
  readonly log: Logger;
  readonly everyMs?: number;
}

const everyMsDefault = 5000;
const reportingSeconds = 15;
const keptSeconds = 3600;
const errorCharactersMax = 500;
const reportsMax = 200;

/** Reports the health of this process to PostgreSQL now and then, until it stops. */
export class ServiceReporter {
  readonly #options: ServiceReporterOptions;
  readonly #instance = `${hostname()}-${process.pid}`;
  readonly #startedAt = new Date();
  #timer: NodeJS.Timeout | undefined;
  #reporting: Promise<void> | undefined;
  #isFailing = false;

  constructor(options: ServiceReporterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#reportOnce();
    this.#timer = setInterval(() => this.#reportOnce(), this.#options.everyMs ?? everyMsDefault).unref();
  }

  /** Deletes the report. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reporting;
    const { pool, service } = this.#options;
    await pool.query('delete from service_reports where service = $1 and instance = $2', [service, this.#instance]);
  }

  #reportOnce(): void {
    this.#reporting ??= this.#report()
      .then(
        () => (this.#isFailing = false),
        (error: unknown) => this.#noteFailure(error),
      )
      .then(() => (this.#reporting = undefined));
  }

  async #report(): Promise<void> {
    const { pool, service, health } = this.#options;
    const checks = (await health.results()).map((check) => ({
      ...check,
      error: check.error === null ? null : check.error.slice(0, errorCharactersMax),
    }));
    await pool.query({
      name: 'report-service',
      text: `with gone as (delete from service_reports where said_at < now() - make_interval(secs => ${keptSeconds}))
        insert into service_reports (service, instance, version, phase, started_at, checks)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (service, instance) do update set version = excluded.version, phase = excluded.phase,
          started_at = excluded.started_at, checks = excluded.checks, said_at = now()`,
      values: [service, this.#instance, version, health.phase, this.#startedAt, JSON.stringify(checks)],
    });
  }

  /** Once, until a report succeeds again. */
  #noteFailure(error: unknown): void {
    if (!this.#isFailing) this.#options.log.warn({ err: error }, 'the report of the service could not be written');
    this.#isFailing = true;
  }
}

export async function readServiceReports(pool: Pool): Promise<readonly ServiceReport[]> {
  const { rows } = await pool.query<ServiceReport>(
    `select service, instance, version, phase, started_at as "startedAt", said_at as "saidAt", checks,
       said_at > now() - make_interval(secs => ${reportingSeconds}) as "isReporting"
     from service_reports order by service, instance limit ${reportsMax}`,
  );
  return rows;
}

const version = versionOfPackage();

function versionOfPackage(): string {
  const file = findPackageJSON('..', import.meta.url);
  const { version: found } = JSON.parse(file === undefined ? '{}' : readFileSync(file, 'utf8')) as { version?: string };
  return found ?? 'unknown';
}
