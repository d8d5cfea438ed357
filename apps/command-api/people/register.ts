import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { rejectField } from '#use-cases';
import type { AnonymousContext } from './contexts.ts';
import { Registration, type Registered } from './registration.ts';

type Outcome = Registered<'emailTaken'>;

export interface Registrant {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly phone?: string;
}

/** Makes a user with an e-mail address, and logs them in. */
export class Register extends Command<Outcome> {
  constructor(
    readonly context: AnonymousContext,
    readonly registrant: Registrant,
  ) {
    super();
  }
}

@CommandHandler(Register)
export class RegisterHandler implements ICommandHandler<Register> {
  constructor(private readonly registration: Registration) {}

  execute({ context, registrant: { email, password, name, phone } }: Register): Promise<Outcome> {
    const newUser = { email, password, name, ...(phone === undefined ? {} : { phone }), role: 'customer' } as const;
    return this.registration.register(newUser, context, rejectField('email', 'emailTaken', {}));
  }
}
