import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { SecurityLog, Sessions } from '#people';
import { done, type UseCaseOutcome } from '#use-cases';
import type { CallerContext } from './contexts.ts';

type Outcome = UseCaseOutcome<undefined, { readonly code: 'NO_SESSION' }>;

/** Ends the session that asks. */
export class LogOut extends Command<Outcome> {
  constructor(readonly context: CallerContext) {
    super();
  }
}

@CommandHandler(LogOut)
export class LogOutHandler implements ICommandHandler<LogOut> {
  constructor(
    private readonly sessions: Sessions,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context: { caller, address } }: LogOut): Promise<Outcome> {
    // Whoever believes that they have logged out should have.
    if (caller.apiKeyId !== undefined || caller.outside !== undefined) return reject({ code: 'NO_SESSION' });
    await this.sessions.end(caller);
    this.security.record('logout', { userId: caller.id, sessionId: caller.sessionId, address });
    return done(undefined);
  }
}
