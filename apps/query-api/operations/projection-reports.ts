import { feed } from '#feeds';
import type { Pool } from '#platform';
import { isOf, parkedStreams, ProjectionRuns, reportProjections } from '#projections';
import type { ParkedStream, ProjectionReport, ProjectionRun } from '#projections';
import { readModelsOf } from '#read-models';
import { webhooksFeed } from '#webhooks';

export interface Reported {
  readonly reports: readonly ReportWithRun[];
  readonly parked: readonly (ParkedStream & { readonly projection: string })[];
}

/** The report on a live table has the run of its projection that is in progress, or else the latest. */
export interface ReportWithRun extends ProjectionReport {
  readonly run: ProjectionRun | null;
}

/** What the projectors say of themselves: the event store, by which they measure it, cannot be reached from here. */
export class ProjectionReports {
  constructor(
    private readonly pool: Pool,
    private readonly settings: { readonly journal: boolean },
  ) {}

  async all(): Promise<Reported> {
    const projections = [...readModelsOf(this.settings).map(({ projection }) => projection), webhooksFeed];
    const reports = await reportProjections(
      this.pool,
      projections.map(({ name }) => name),
      [feed],
    );
    const runs = await new ProjectionRuns(this.pool).latest();
    const parked = [...projections, feed].map(async (projection) => {
      const streams = await parkedStreams(this.pool, projection);
      return streams.map((stream) => ({ projection: projection.name, ...stream }));
    });
    return {
      reports: reports.map((report) => ({ ...report, run: runOf(report, runs) })),
      parked: (await Promise.all(parked)).flat(),
    };
  }
}

function runOf(report: ProjectionReport, runs: readonly ProjectionRun[]): ProjectionRun | null {
  if (report.store !== 'PostgreSQL' || report.state !== 'live') return null;
  return runs.find((run) => isOf(run, report)) ?? null;
}
