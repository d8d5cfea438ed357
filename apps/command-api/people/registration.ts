import { Injectable } from '@nestjs/common';
import { reject, type Rejected } from '#domain';
import { LoginThrottle, PasswordPolicy, Users, type NewUser } from '#people';
import { rejectField, type FieldRejection, type UseCaseOutcome } from '#use-cases';
import type { AnonymousContext } from './contexts.ts';
import { NewSessions, type SignedIn } from './new-sessions.ts';
import type { CredentialsWrong, TooManyAttempts } from './rejections.ts';

export type Registered<Taken extends string> = UseCaseOutcome<
  SignedIn,
  FieldRejection<Taken | 'commonPassword'> | CredentialsWrong | TooManyAttempts
>;

/** Makes a user, whatever they call themselves, and begins their first session. */
@Injectable()
export class Registration {
  constructor(
    private readonly users: Users,
    private readonly throttle: LoginThrottle,
    private readonly policy: PasswordPolicy,
    private readonly newSessions: NewSessions,
  ) {}

  /** To ask who is registered is guessing, too: what is taken counts as what is made does. */
  async register<Taken extends string>(
    newUser: NewUser,
    context: AnonymousContext,
    taken: Rejected<FieldRejection<Taken>>,
  ): Promise<Registered<Taken>> {
    if (await this.policy.rejects(newUser.password, newUser)) return rejectField('password', 'commonPassword', {});
    const registered = await this.throttle.register(context.address, async () => {
      const created = await this.users.create(newUser, context.address);
      return created.outcome === 'created' ? created.user : undefined;
    });
    if (registered.outcome === 'throttled') {
      return reject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: registered.retryAfterSeconds });
    }
    if (registered.outcome === 'wrong') return taken;
    return this.newSessions.begin('user.registered', registered.value, context);
  }
}
