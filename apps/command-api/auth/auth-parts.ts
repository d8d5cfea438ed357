import type { Provider } from '@nestjs/common';
import {
  Accounts,
  addressHash,
  authMetrics,
  connectSessions,
  keepSwept,
  LoginThrottle,
  PasswordPolicy,
  Passwords,
  SecurityLog,
  Sessions,
  Tokens,
  Users,
  UserSessions,
} from '#auth';
import type { Config, Logger, Pool, Redis, Registry } from '#platform';
import { OwnSessionsController } from './own-sessions.controller.ts';
import { ProfileController } from './profile.controller.ts';
import { SessionController } from './session.controller.ts';
import { SignIn } from './sign-in.ts';
import { SignInController } from './sign-in.controller.ts';

export interface AuthParts {
  readonly users: Users;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly userSessions: UserSessions;
  readonly tokens: Tokens;
  readonly throttle: LoginThrottle;
  readonly policy: PasswordPolicy;
  readonly signIn: SignIn;
  readonly security: SecurityLog;
  close(): Promise<void>;
}

export interface AuthNeeds {
  readonly config: Config;
  readonly pool: Pool;
  readonly redis: Redis;
  readonly registry: Registry;
  readonly log: Logger;
}

export function createAuth({ config, pool, redis, registry, log }: AuthNeeds): AuthParts {
  const metrics = authMetrics(registry);
  const passwords = new Passwords(metrics);
  const users = new Users(pool, passwords);
  const connected = connectSessions(config, pool, redis, log);
  const tokens = new Tokens(config.tokenSecret, config.accessTokenTtlSeconds, config.earlierTokenSecrets);
  const hashAddress = addressHash(config.idSecret);
  const throttle = new LoginThrottle(pool, hashAddress, {
    windowSeconds: config.loginWindowSeconds,
    perAccountMax: config.loginsPerAccountMax,
    perAddressMax: config.loginsPerAddressMax,
  });
  const policy = new PasswordPolicy(config);
  const security = new SecurityLog(log, hashAddress);
  const { sessions, cache } = connected;
  const stopSweeping = keepSwept(pool, log);
  return {
    users,
    accounts: new Accounts(pool, cache, passwords),
    sessions,
    userSessions: new UserSessions(pool, cache),
    tokens,
    throttle,
    signIn: new SignIn({ users, sessions, tokens, throttle, policy, metrics, security }),
    policy,
    security,
    close: () => {
      stopSweeping();
      return connected.close();
    },
  };
}

export const authControllers = [SignInController, SessionController, OwnSessionsController, ProfileController];

export function authProviders(parts: AuthParts): Provider[] {
  const { users, accounts, sessions, userSessions, tokens, throttle, policy, signIn, security } = parts;
  return [
    { provide: Users, useValue: users },
    { provide: Accounts, useValue: accounts },
    { provide: Sessions, useValue: sessions },
    { provide: UserSessions, useValue: userSessions },
    { provide: Tokens, useValue: tokens },
    { provide: LoginThrottle, useValue: throttle },
    { provide: PasswordPolicy, useValue: policy },
    { provide: SignIn, useValue: signIn },
    { provide: SecurityLog, useValue: security },
  ];
}

/** Requirement 001 logs in and refreshes with GET. */
export const authAliases = [
  { method: 'GET', path: '/login', servedAs: { method: 'POST', path: '/auth/login' } },
  { method: 'GET', path: '/refresh', servedAs: { method: 'POST', path: '/auth/refresh' } },
] as const;
