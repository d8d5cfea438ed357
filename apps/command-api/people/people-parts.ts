import type { Provider } from '@nestjs/common';
import {
  Accounts,
  addressHash,
  ApiKeyCallers,
  ApiKeys,
  apiKeySecrets,
  AuthMetrics,
  connectIssuers,
  connectSessions,
  keepSwept,
  LoginThrottle,
  PasswordPolicy,
  PasswordResets,
  Passwords,
  SecurityLog,
  Sessions,
  Users,
  UserSessions,
  type Issuers,
} from '#people';
import { Tokens } from '#people/tokens';
import type { Config, Logger, Pool, Redis, Registry } from '#platform';
import { ApiKeysController } from './api-keys.controller.ts';
import { ChangeProfileHandler } from './change-profile.ts';
import { CreateApiKeyHandler } from './create-api-key.ts';
import { EndOtherSessionsHandler } from './end-other-sessions.ts';
import { EndSessionHandler } from './end-session.ts';
import { LogInHandler } from './log-in.ts';
import { LogOutHandler } from './log-out.ts';
import { MakePasswordResetHandler } from './make-password-reset.ts';
import { NewSessions } from './new-sessions.ts';
import { OwnSessionsController } from './own-sessions.controller.ts';
import { PasswordResetsController } from './password-resets.controller.ts';
import { ProfileController } from './profile.controller.ts';
import { RefreshSessionHandler } from './refresh-session.ts';
import { RegisterHandler } from './register.ts';
import { Registration } from './registration.ts';
import { ResetPasswordHandler } from './reset-password.ts';
import { RevokeApiKeyHandler } from './revoke-api-key.ts';
import { SessionController } from './session.controller.ts';
import { SignInController } from './sign-in.controller.ts';
import { SignUpHandler } from './sign-up.ts';
import { WhoAmIHandler } from './who-am-i.ts';

export interface PeopleParts {
  readonly users: Users;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly userSessions: UserSessions;
  readonly tokens: Tokens;
  readonly issuers: Issuers | undefined;
  readonly apiKeys: ApiKeys;
  readonly apiKeyCallers: ApiKeyCallers;
  readonly passwordResets: PasswordResets;
  readonly throttle: LoginThrottle;
  readonly policy: PasswordPolicy;
  readonly security: SecurityLog;
  readonly metrics: AuthMetrics;
  close(): Promise<void>;
}

export interface PeopleNeeds {
  readonly config: Config;
  readonly pool: Pool;
  readonly redis: Redis;
  readonly registry: Registry;
  readonly log: Logger;
}

export function createPeople({ config, pool, redis, registry, log }: PeopleNeeds): PeopleParts {
  const metrics = new AuthMetrics(registry);
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
  const secrets = apiKeySecrets(config.idSecret);
  const stopSweeping = keepSwept(pool, log);
  return {
    users,
    accounts: new Accounts(pool, cache, passwords),
    sessions,
    userSessions: new UserSessions(pool, cache),
    tokens,
    issuers: connectIssuers(config.issuers, registry, log),
    apiKeys: new ApiKeys(pool, cache, secrets),
    passwordResets: new PasswordResets(pool, config.idSecret, config.passwordResetSeconds),
    apiKeyCallers: new ApiKeyCallers(pool, secrets),
    throttle,
    policy,
    security,
    metrics,
    close: () => {
      stopSweeping();
      return connected.close();
    },
  };
}

export const peopleControllers = [
  SignInController,
  SessionController,
  OwnSessionsController,
  ProfileController,
  ApiKeysController,
  PasswordResetsController,
];

export const peopleHandlers = [
  RegisterHandler,
  SignUpHandler,
  LogInHandler,
  RefreshSessionHandler,
  LogOutHandler,
  EndSessionHandler,
  EndOtherSessionsHandler,
  ChangeProfileHandler,
  WhoAmIHandler,
  CreateApiKeyHandler,
  RevokeApiKeyHandler,
  MakePasswordResetHandler,
  ResetPasswordHandler,
];

/** What the handlers are made with. */
export function peopleProviders(parts: PeopleParts): Provider[] {
  return [
    { provide: Users, useValue: parts.users },
    { provide: Accounts, useValue: parts.accounts },
    { provide: Sessions, useValue: parts.sessions },
    { provide: UserSessions, useValue: parts.userSessions },
    { provide: Tokens, useValue: parts.tokens },
    { provide: ApiKeys, useValue: parts.apiKeys },
    { provide: PasswordResets, useValue: parts.passwordResets },
    { provide: LoginThrottle, useValue: parts.throttle },
    { provide: PasswordPolicy, useValue: parts.policy },
    { provide: SecurityLog, useValue: parts.security },
    { provide: AuthMetrics, useValue: parts.metrics },
    NewSessions,
    Registration,
  ];
}

/** Requirement 001 logs in and refreshes with GET. */
export const peopleAliases = [
  { method: 'GET', path: '/login', servedAs: { method: 'POST', path: '/auth/login' } },
  { method: 'GET', path: '/refresh', servedAs: { method: 'POST', path: '/auth/refresh' } },
] as const;
