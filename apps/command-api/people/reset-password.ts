import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { Accounts, PasswordPolicy, PasswordResets, SecurityLog } from '#people';
import { done, rejectField, type FieldRejection, type UseCaseOutcome } from '#use-cases';
import type { AnonymousContext } from './contexts.ts';

type Outcome = UseCaseOutcome<
  undefined,
  FieldRejection<'commonPassword'> | { readonly code: 'PASSWORD_RESET_NOT_FOUND' }
>;

/** Sets a new password with a token that was made for it, once; ends all sessions of the user. */
export class ResetPassword extends Command<Outcome> {
  constructor(
    readonly context: AnonymousContext,
    readonly token: string,
    readonly password: string,
  ) {
    super();
  }
}

@CommandHandler(ResetPassword)
export class ResetPasswordHandler implements ICommandHandler<ResetPassword> {
  constructor(
    private readonly resets: PasswordResets,
    private readonly accounts: Accounts,
    private readonly policy: PasswordPolicy,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context: { address }, token, password }: ResetPassword): Promise<Outcome> {
    const reset = await this.resets.find(token);
    if (reset === undefined) return reject({ code: 'PASSWORD_RESET_NOT_FOUND' });
    if (await this.policy.rejects(password, reset.user)) return rejectField('password', 'commonPassword', {});
    const isReset = await this.accounts.resetPassword(reset, password, address);
    // Used or replaced since.
    if (!isReset) return reject({ code: 'PASSWORD_RESET_NOT_FOUND' });
    this.security.record('password.reset', { userId: reset.user.id, address });
    return done(undefined);
  }
}
