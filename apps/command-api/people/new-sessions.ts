import { Injectable } from '@nestjs/common';
import { reject } from '#domain';
import { LoginThrottle, SecurityLog, Sessions, type Begun, type User } from '#people';
import { Tokens } from '#people/tokens';
import { done, type UseCaseOutcome } from '#use-cases';
import type { AnonymousContext } from './contexts.ts';
import type { CredentialsWrong } from './rejections.ts';

export interface SessionTokens {
  readonly token: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

export interface SignedIn extends SessionTokens {
  readonly user: User;
}

/** What somebody is given who has just shown who they are. */
@Injectable()
export class NewSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
    private readonly throttle: LoginThrottle,
    private readonly security: SecurityLog,
  ) {}

  async begin(
    event: 'user.registered' | 'login.succeeded',
    user: User,
    { address }: AnonymousContext,
  ): Promise<UseCaseOutcome<SignedIn, CredentialsWrong>> {
    const begun = await this.sessions.begin(user);
    // The password was right when it was compared, and is no longer.
    if (begun === undefined) return reject({ code: 'CREDENTIALS_WRONG' });
    await this.throttle.remember(user.id, address);
    this.security.record(event, { userId: user.id, sessionId: begun.caller.sessionId, address });
    return done({ user, ...this.tokensOf(begun) });
  }

  tokensOf({ caller, refreshToken, secondsLeft }: Begun): SessionTokens {
    const expiresIn = Math.min(this.tokens.ttlSeconds, secondsLeft);
    return { token: this.tokens.sign(caller, expiresIn), refreshToken, expiresIn };
  }
}
