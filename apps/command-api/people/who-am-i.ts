import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject } from '#domain';
import { Users, type User } from '#people';
import { done, type UseCaseOutcome } from '#use-cases';
import type { CallerContext } from './contexts.ts';
import type { UserNotFound } from './rejections.ts';

type Outcome = UseCaseOutcome<User, UserNotFound>;

/** The caller as a user. */
export class WhoAmI extends Query<Outcome> {
  constructor(readonly context: CallerContext) {
    super();
  }
}

@QueryHandler(WhoAmI)
export class WhoAmIHandler implements IQueryHandler<WhoAmI> {
  constructor(private readonly users: Users) {}

  async execute({ context: { caller } }: WhoAmI): Promise<Outcome> {
    const user = await this.users.find(caller.id);
    // Erased since the guard looked.
    return user === undefined ? reject({ code: 'USER_NOT_FOUND' }) : done({ ...user, role: caller.role });
  }
}
