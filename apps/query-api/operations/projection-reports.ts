import { feed } from '#feeds';
import type { Pool } from '#platform';
import { isOf, parkedStreams, ProjectionRuns, reportProjections } from '#projections';
import type { ParkedStream, ProjectionName, ProjectionReport, ProjectionRun } from '#projections';
import { readModelsOf } from '#read-models';
import { webhooksFeed } from '#webhooks';

export interface ParkedIn extends ParkedStream {
  readonly projection: string;
}

/** The report on a live table has the run of its projection that is in progress, or else the latest. */
export interface ReportWithRun extends ProjectionReport {
  readonly run: ProjectionRun | null;
}

/** What the projectors say of themselves: the event store, by which they measure it, cannot be reached from here. */
export class ProjectionReports {
  readonly #pool: Pool;
  readonly #runs: ProjectionRuns;
  readonly #projections: readonly ProjectionName[];

  constructor(pool: Pool, settings: { readonly journal: boolean }) {
    this.#pool = pool;
    this.#runs = new ProjectionRuns(pool);
    this.#projections = [...readModelsOf(settings).map(({ projection }) => projection), webhooksFeed];
  }

  async all(): Promise<readonly ReportWithRun[]> {
    const names = this.#projections.map(({ name }) => name);
    const [reports, runs] = await Promise.all([reportProjections(this.#pool, names, [feed]), this.#runs.latest()]);
    return reports.map((report) => ({ ...report, run: runOf(report, runs) }));
  }

  async parked(): Promise<readonly ParkedIn[]> {
    const parked = [...this.#projections, feed].map(async (projection) => {
      const streams = await parkedStreams(this.#pool, projection);
      return streams.map((stream) => ({ projection: projection.name, ...stream }));
    });
    return (await Promise.all(parked)).flat();
  }
}

function runOf(report: ProjectionReport, runs: readonly ProjectionRun[]): ProjectionRun | null {
  if (report.store !== 'PostgreSQL' || report.state !== 'live') return null;
  return runs.find((run) => isOf(run, report)) ?? null;
}
