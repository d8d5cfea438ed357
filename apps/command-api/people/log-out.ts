import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SecurityLog, Sessions } from '#people';
import { done, type Done } from '#use-cases';
import type { CallerContext } from './contexts.ts';

type Outcome = Done<undefined>;

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
    await this.sessions.end(caller);
    this.security.record('logout', { userId: caller.id, sessionId: caller.sessionId, address });
    return done(undefined);
  }
}
