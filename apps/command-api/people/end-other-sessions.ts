import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SecurityLog, UserSessions } from '#people';
import { done, type Done } from '#use-cases';
import type { CallerContext } from './contexts.ts';

type Outcome = Done<{ readonly ended: number }>;

/** Ends all sessions of the caller but the one that asks. */
export class EndOtherSessions extends Command<Outcome> {
  constructor(readonly context: CallerContext) {
    super();
  }
}

@CommandHandler(EndOtherSessions)
export class EndOtherSessionsHandler implements ICommandHandler<EndOtherSessions> {
  constructor(
    private readonly sessions: UserSessions,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context: { caller, address } }: EndOtherSessions): Promise<Outcome> {
    const ended = await this.sessions.endOthers(caller.id, caller.sessionId);
    for (const { id: sessionId, userId } of ended) {
      this.security.record('session.ended', { userId, sessionId, by: 'user', address });
    }
    return done({ ended: ended.length });
  }
}
