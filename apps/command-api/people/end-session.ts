import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { SecurityLog, UserSessions } from '#people';
import { done, type UseCaseOutcome } from '#use-cases';
import type { CallerContext } from './contexts.ts';

type Outcome = UseCaseOutcome<{ readonly ended: number }, { readonly code: 'SESSION_NOT_FOUND' }>;

/** Ends one session of the caller, be it the one that asks. */
export class EndSession extends Command<Outcome> {
  constructor(
    readonly context: CallerContext,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(EndSession)
export class EndSessionHandler implements ICommandHandler<EndSession> {
  constructor(
    private readonly sessions: UserSessions,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context: { caller, address }, sessionId }: EndSession): Promise<Outcome> {
    const ended = await this.sessions.endOne(caller.id, sessionId);
    if (ended.length === 0) return reject({ code: 'SESSION_NOT_FOUND' });
    this.security.record('session.ended', { userId: caller.id, sessionId, by: 'user', address });
    return done({ ended: ended.length });
  }
}
