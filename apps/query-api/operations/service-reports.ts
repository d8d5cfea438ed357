import { readServiceReports, type Pool, type ServiceReport } from '#platform';

/** What the processes say of themselves. */
export class ServiceReports {
  constructor(private readonly pool: Pool) {}

  all(): Promise<readonly ServiceReport[]> {
    return readServiceReports(this.pool);
  }
}
