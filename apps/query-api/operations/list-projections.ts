import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ProjectionReports, type ReportWithRun } from './projection-reports.ts';

/** How far each projection has come. */
export class ListProjections extends Query<readonly ReportWithRun[]> {}

@QueryHandler(ListProjections)
export class ListProjectionsHandler implements IQueryHandler<ListProjections> {
  constructor(private readonly reports: ProjectionReports) {}

  execute(): Promise<readonly ReportWithRun[]> {
    return this.reports.all();
  }
}
