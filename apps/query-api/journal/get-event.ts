import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { JournalQueries, type JournalEvent } from '#read-models';

type Outcome = JournalEvent | Rejected<{ readonly code: 'EVENT_NOT_FOUND' }>;

/** One event, by its id. */
export class GetEvent extends Query<Outcome> {
  constructor(readonly eventId: string) {
    super();
  }
}

@QueryHandler(GetEvent)
export class GetEventHandler implements IQueryHandler<GetEvent> {
  constructor(private readonly journal: JournalQueries) {}

  async execute({ eventId }: GetEvent): Promise<Outcome> {
    const isId = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(eventId);
    const event = isId ? await this.journal.find(eventId) : undefined;
    return event ?? reject({ code: 'EVENT_NOT_FOUND' });
  }
}
