import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ProjectionReports, type ParkedIn } from './projection-reports.ts';

/** The streams with an event that a projection could not apply. */
export class ListParkedStreams extends Query<readonly ParkedIn[]> {}

@QueryHandler(ListParkedStreams)
export class ListParkedStreamsHandler implements IQueryHandler<ListParkedStreams> {
  constructor(private readonly reports: ProjectionReports) {}

  execute(): Promise<readonly ParkedIn[]> {
    return this.reports.parked();
  }
}
