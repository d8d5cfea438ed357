import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, reject } from '#domain';
import { AuthMetrics, LoginThrottle, SecurityLog, Users } from '#people';
import type { UseCaseOutcome } from '#use-cases';
import type { AnonymousContext } from './contexts.ts';
import { NewSessions, type SignedIn } from './new-sessions.ts';
import type { CredentialsWrong, TooManyAttempts, UserDisabled } from './rejections.ts';

type Outcome = UseCaseOutcome<SignedIn, CredentialsWrong | TooManyAttempts | UserDisabled>;

/** Begins a session for whoever knows a user's e-mail address or user name, and their password. */
export class LogIn extends Command<Outcome> {
  constructor(
    readonly context: AnonymousContext,
    readonly login: string,
    readonly password: string,
  ) {
    super();
  }
}

@CommandHandler(LogIn)
export class LogInHandler implements ICommandHandler<LogIn> {
  constructor(
    private readonly users: Users,
    private readonly throttle: LoginThrottle,
    private readonly newSessions: NewSessions,
    private readonly security: SecurityLog,
    private readonly metrics: AuthMetrics,
  ) {}

  async execute({ context, login, password }: LogIn): Promise<Outcome> {
    const { address } = context;
    const tried = { account: login, address };
    const guessed = await this.throttle.login(tried, () => this.users.authenticate(login, password, address));
    if (guessed.outcome === 'right' && guessed.value.disabledAt !== null) {
      this.metrics.logins.inc({ outcome: 'rejected' });
      this.security.record('login.rejected', { userId: guessed.value.id, address });
      return reject({ code: 'USER_DISABLED' });
    }
    if (guessed.outcome === 'right') {
      const begun = await this.newSessions.begin('login.succeeded', guessed.value, context);
      if (!isRejected(begun)) this.metrics.logins.inc({ outcome: 'succeeded' });
      return begun;
    }
    const outcome = guessed.outcome === 'wrong' ? 'rejected' : 'throttled';
    this.metrics.logins.inc({ outcome });
    this.security.record(`login.${outcome}`, { userId: guessed.userId, address });
    if (guessed.outcome === 'wrong') return reject({ code: 'CREDENTIALS_WRONG' });
    return reject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: guessed.retryAfterSeconds });
  }
}
