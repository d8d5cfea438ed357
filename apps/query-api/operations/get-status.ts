import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ServiceReport } from '#platform';
import { ExpiryLag, type Overdue } from '#read-models';
import { ServiceReports } from './service-reports.ts';

interface Status {
  readonly services: readonly ServiceReport[];
  readonly expiry: Overdue;
}

/** How the processes are, and how late holds expire. */
export class GetStatus extends Query<Status> {}

@QueryHandler(GetStatus)
export class GetStatusHandler implements IQueryHandler<GetStatus> {
  constructor(
    private readonly reports: ServiceReports,
    private readonly expiryLag: ExpiryLag,
  ) {}

  async execute(): Promise<Status> {
    const [services, expiry] = await Promise.all([this.reports.all(), this.expiryLag.read()]);
    return { services, expiry };
  }
}
