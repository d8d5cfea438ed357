import type { EventStore } from '#event-store';
import { feed } from '#feeds';
import type { Pool } from '#platform';
import { reportProjections, type ProjectionReport } from '#projections';
import type { ReadModel } from '#read-models';
import { webhooksFeed } from '#webhooks';

export interface ProjectionStatus extends ProjectionReport {
  readonly caughtUp: boolean;
}

/** The state of every projection, compared with the head of the event store. */
export async function projectionStatus({
  pool,
  store,
  readModels,
}: {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly readModels: readonly ReadModel[];
}): Promise<readonly ProjectionStatus[]> {
  const head = await store.head();
  const names = [...readModels.map(({ projection }) => projection.name), webhooksFeed.name];
  const reports = await reportProjections(pool, names, [feed]);
  return reports.map((report) => ({
    ...report,
    caughtUp: head === undefined || (report.position !== null && report.position >= head),
  }));
}

/** Human-readable: one line per projection, followed by the errors. */
export function shownStatus(status: readonly ProjectionStatus[], table: (rows: readonly object[]) => string): string {
  const errors = status.flatMap(({ name, store, error }) => (error === null ? [] : [`${name} in ${store}: ${error}`]));
  return [table(status.map(line)), ...errors].join('\n');
}

function line(report: ProjectionStatus): Record<string, unknown> {
  const { name, schema, store, generation, state, position, caughtUp, parkedStreams: parked, saidAt } = report;
  return {
    projection: `${name} ${schema}`,
    store,
    generation,
    state,
    position,
    'caught up': caughtUp ? 'yes' : 'no',
    'lag (events)':
      report.lagEvents === null ? null : `${report.lagIsExact === false ? 'over ' : ''}${report.lagEvents}`,
    'lag (s)': rounded(report.lagSeconds),
    'events/s': rounded(report.eventsPerSecond),
    parked,
    'last report (s)': saidAt === null ? null : rounded((Date.now() - saidAt.getTime()) / 1000),
  };
}

function rounded(value: number | null): string | null {
  return value === null ? null : value.toFixed(value >= 100 ? 0 : 1);
}
