import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { Accounts, LoginThrottle, PasswordPolicy, SecurityLog, Users, type ProfileChanges, type User } from '#people';
import { done, rejectField, type FieldRejection, type UseCaseOutcome } from '#use-cases';
import type { CallerContext } from './contexts.ts';
import type { TooManyAttempts, UserNotFound } from './rejections.ts';

type Changes = Omit<ProfileChanges, 'password'>;
type NewPassword = NonNullable<ProfileChanges['password']>;

export interface WantedProfile extends Changes {
  readonly currentPassword?: string | undefined;
  readonly newPassword?: string | undefined;
}

type Outcome = UseCaseOutcome<
  User,
  | { readonly code: 'CURRENT_PASSWORD_MISSING' | 'PASSWORD_WRONG' }
  | FieldRejection<'commonPassword'>
  | TooManyAttempts
  | UserNotFound
>;

const outcomes = { right: 'changed', wrong: 'rejected', throttled: 'throttled' } as const;

/** Changes what is known of the caller; a new password ends all their other sessions. */
export class ChangeProfile extends Command<Outcome> {
  constructor(
    readonly context: CallerContext,
    readonly wanted: WantedProfile,
  ) {
    super();
  }
}

@CommandHandler(ChangeProfile)
export class ChangeProfileHandler implements ICommandHandler<ChangeProfile> {
  constructor(
    private readonly accounts: Accounts,
    private readonly users: Users,
    private readonly policy: PasswordPolicy,
    private readonly throttle: LoginThrottle,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context, wanted }: ChangeProfile): Promise<Outcome> {
    const { name, phone, address, currentPassword: current, newPassword: next } = wanted;
    const changes = { name, phone, address };
    if (next === undefined) return this.#change(context, changes);
    if (current === undefined) return reject({ code: 'CURRENT_PASSWORD_MISSING' });
    if (await this.#isCommon(next, context, changes)) return rejectField('newPassword', 'commonPassword', {});
    return this.#changePassword(context, changes, { current, next, ipAddress: context.address });
  }

  async #change({ caller }: CallerContext, changes: Changes): Promise<Outcome> {
    const changed = await this.accounts.changeProfile(caller, changes);
    if (changed.outcome !== 'changed') return reject({ code: 'USER_NOT_FOUND' });
    return done({ ...changed.user, role: caller.role });
  }

  async #isCommon(password: string, { caller }: CallerContext, { name }: Changes): Promise<boolean> {
    const user = await this.users.find(caller.id);
    return (await this.policy.rejects(password, user ?? {})) || (await this.policy.rejects(password, { name }));
  }

  /** Whoever has somebody's token may not try passwords with it as often as they like. */
  async #changePassword({ caller, address }: CallerContext, changes: Changes, password: NewPassword): Promise<Outcome> {
    const guessed = await this.throttle.changePassword(caller.id, async () => {
      const changed = await this.accounts.changeProfile(caller, { ...changes, password });
      return changed.outcome === 'changed' ? changed.user : undefined;
    });
    const { id: userId, sessionId } = caller;
    this.security.record(`password.${outcomes[guessed.outcome]}`, { userId, sessionId, address });
    if (guessed.outcome === 'right') return done(guessed.value);
    if (guessed.outcome === 'wrong') return reject({ code: 'PASSWORD_WRONG' });
    return reject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: guessed.retryAfterSeconds });
  }
}
