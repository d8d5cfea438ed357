import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { SecurityLog, Sessions } from '#people';
import { done, type UseCaseOutcome } from '#use-cases';
import type { AnonymousContext } from './contexts.ts';
import { NewSessions, type SessionTokens } from './new-sessions.ts';

type Outcome = UseCaseOutcome<SessionTokens, { readonly code: 'TOKEN_INVALID' }>;

/** Prolongs a session, and gives new tokens for the one given; one that comes again late ends the session. */
export class RefreshSession extends Command<Outcome> {
  constructor(
    readonly context: AnonymousContext,
    readonly refreshToken: string,
  ) {
    super();
  }
}

@CommandHandler(RefreshSession)
export class RefreshSessionHandler implements ICommandHandler<RefreshSession> {
  constructor(
    private readonly sessions: Sessions,
    private readonly newSessions: NewSessions,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context: { address }, refreshToken }: RefreshSession): Promise<Outcome> {
    const begun = await this.sessions.refresh(refreshToken, ({ id: sessionId, userId }) =>
      this.security.record('refresh.reused', { userId, sessionId, address }),
    );
    return begun === undefined ? reject({ code: 'TOKEN_INVALID' }) : done(this.newSessions.tokensOf(begun));
  }
}
