import { feed } from '#feeds';
import type { Pool } from '#platform';
import { parkedStreams, reportProjections, type ParkedStream, type ProjectionReport } from '#projections';
import { readModelsOf } from '#read-models';
import { webhooksFeed } from '#webhooks';

export interface Reported {
  readonly reports: readonly ProjectionReport[];
  readonly parked: readonly (ParkedStream & { readonly projection: string })[];
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
    const parked = [...projections, feed].map(async (projection) => {
      const streams = await parkedStreams(this.pool, projection);
      return streams.map((stream) => ({ projection: projection.name, ...stream }));
    });
    return { reports, parked: (await Promise.all(parked)).flat() };
  }
}
