import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { rejectField } from '#use-cases';
import type { AnonymousContext } from './contexts.ts';
import { Registration, type Registered } from './registration.ts';

type Outcome = Registered<'userNameTaken'>;

/** Makes a user with a user name, and logs them in. */
export class SignUp extends Command<Outcome> {
  constructor(
    readonly context: AnonymousContext,
    readonly userName: string,
    readonly password: string,
  ) {
    super();
  }
}

@CommandHandler(SignUp)
export class SignUpHandler implements ICommandHandler<SignUp> {
  constructor(private readonly registration: Registration) {}

  execute({ context, userName, password }: SignUp): Promise<Outcome> {
    // There is nothing else yet to call them by.
    const newUser = { userName, name: userName, password, role: 'customer' } as const;
    return this.registration.register(newUser, context, rejectField('user_name', 'userNameTaken', {}));
  }
}
