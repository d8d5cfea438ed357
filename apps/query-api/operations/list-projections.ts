import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ProjectionReports, type Reported } from './projection-reports.ts';

/** How far each projection has come, and what is in its way. */
export class ListProjections extends Query<Reported> {}

@QueryHandler(ListProjections)
export class ListProjectionsHandler implements IQueryHandler<ListProjections> {
  constructor(private readonly reports: ProjectionReports) {}

  execute(): Promise<Reported> {
    return this.reports.all();
  }
}
