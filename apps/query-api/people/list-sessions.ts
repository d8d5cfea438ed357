import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SessionList, type UserSession } from '#people';

/** A user’s live sessions, the newest first. */
export class ListSessions extends Query<readonly UserSession[]> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(ListSessions)
export class ListSessionsHandler implements IQueryHandler<ListSessions> {
  constructor(private readonly sessions: SessionList) {}

  execute({ userId }: ListSessions): Promise<readonly UserSession[]> {
    return this.sessions.of(userId);
  }
}
