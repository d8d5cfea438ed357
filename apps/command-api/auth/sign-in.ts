import {
  LoginThrottle,
  PasswordPolicy,
  SecurityLog,
  Sessions,
  Tokens,
  Users,
  type AuthMetrics,
  type Begun,
  type NewUser,
  type User,
} from '#auth';
import { userAnswer } from '#auth/guard';
import { invalid, problem } from '#http';
import type { SignedInAnswer, TokensAnswer } from './sign-in.dto.ts';

export interface SignInParts {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly throttle: LoginThrottle;
  readonly policy: PasswordPolicy;
  readonly metrics: AuthMetrics;
  readonly security: SecurityLog;
}

const taken = {
  email: () => invalid('email', 'emailTaken', {}),
  userName: () => invalid('user_name', 'userNameTaken', {}),
} as const;

/** The ways to a session: somebody new, somebody who is known, somebody who was here before. */
export class SignIn {
  constructor(private readonly parts: SignInParts) {}

  /** To ask who is registered is guessing, too: what is taken counts as what is made does. */
  async register(newUser: NewUser, address: string): Promise<SignedInAnswer> {
    const { users, throttle, policy } = this.parts;
    if (await policy.refuses(newUser.password, newUser)) throw invalid('password', 'commonPassword', {});
    let field: keyof typeof taken = 'email';
    const registered = await throttle.register(address, async () => {
      const created = await users.create(newUser, address);
      if (created.outcome === 'created') return created.user;
      field = created.field;
      return undefined;
    });
    if (registered.outcome === 'throttled') {
      throw problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds: registered.retryAfterSeconds });
    }
    if (registered.outcome === 'wrong') throw taken[field]();
    return this.#begin('user.registered', registered.value, address);
  }

  async login(login: string, password: string, address: string): Promise<SignedInAnswer> {
    const { users, throttle, metrics, security } = this.parts;
    const tried = { account: login, address };
    const guessed = await throttle.login(tried, () => users.authenticate(login, password, address));
    if (guessed.outcome === 'right') {
      const answer = await this.#begin('login.succeeded', guessed.value, address);
      metrics.logins.inc({ outcome: 'succeeded' });
      return answer;
    }
    const outcome = guessed.outcome === 'wrong' ? 'refused' : 'throttled';
    metrics.logins.inc({ outcome });
    security.record(`login.${outcome}`, { userId: guessed.userId, address });
    if (guessed.outcome === 'throttled') {
      throw problem('TOO_MANY_ATTEMPTS', { retryAfterSeconds: guessed.retryAfterSeconds });
    }
    throw problem('CREDENTIALS_WRONG');
  }

  async refresh(refreshToken: string, address: string): Promise<TokensAnswer> {
    const { sessions, security } = this.parts;
    const begun = await sessions.refresh(refreshToken, ({ id: sessionId, userId }) =>
      security.record('refresh.reused', { userId, sessionId, address }),
    );
    if (begun === undefined) throw problem('TOKEN_INVALID');
    return this.#tokensOf(begun);
  }

  async #begin(event: 'user.registered' | 'login.succeeded', user: User, address: string): Promise<SignedInAnswer> {
    const { sessions, throttle, security } = this.parts;
    const begun = await sessions.begin(user);
    // The password was right when it was compared, and is no longer.
    if (begun === undefined) throw problem('CREDENTIALS_WRONG');
    await throttle.remember(user.id, address);
    security.record(event, { userId: user.id, sessionId: begun.caller.sessionId, address });
    const { token, refreshToken, expiresIn } = this.#tokensOf(begun);
    return { user: userAnswer(user), token, refreshToken, expiresIn };
  }

  #tokensOf({ caller, refreshToken, secondsLeft }: Begun): TokensAnswer {
    const { tokens } = this.parts;
    const expiresIn = Math.min(tokens.ttlSeconds, secondsLeft);
    return { token: tokens.sign(caller, expiresIn), refreshToken, expiresIn };
  }
}
