import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { canLogIn, PasswordResets, SecurityLog, Users, type PasswordReset, type User } from '#people';
import { done, type UseCaseOutcome } from '#use-cases';
import type { CallerContext } from './contexts.ts';
import type { UserDisabled, UserNotFound } from './rejections.ts';

export interface MadePasswordReset extends PasswordReset {
  readonly userId: string;
}

type Outcome = UseCaseOutcome<MadePasswordReset, UserNotFound | UserDisabled>;

/** Makes a token with which a user can set a new password; whoever asks hands it over. */
export class MakePasswordReset extends Command<Outcome> {
  constructor(
    readonly context: CallerContext,
    readonly user: { readonly email: string } | { readonly userId: string },
  ) {
    super();
  }
}

@CommandHandler(MakePasswordReset)
export class MakePasswordResetHandler implements ICommandHandler<MakePasswordReset> {
  constructor(
    private readonly users: Users,
    private readonly resets: PasswordResets,
    private readonly security: SecurityLog,
  ) {}

  async execute({ context: { caller, address }, user: named }: MakePasswordReset): Promise<Outcome> {
    const user = await this.#find(named);
    if (user === undefined || !canLogIn(user)) return reject({ code: 'USER_NOT_FOUND' });
    if (user.disabledAt !== null) return reject({ code: 'USER_DISABLED' });
    const made = await this.resets.make(user.id);
    // Erased or disabled since.
    if (made === undefined) return reject({ code: 'USER_NOT_FOUND' });
    this.security.record('password.reset_made', { userId: user.id, byUserId: caller.id, address });
    return done({ ...made, userId: user.id });
  }

  async #find(named: MakePasswordReset['user']): Promise<User | undefined> {
    // Only addresses contain an @.
    if ('email' in named) return (await this.users.named(named.email))[0];
    const id = await this.users.idOf(named.userId);
    return id === undefined ? undefined : this.users.find(id);
  }
}
