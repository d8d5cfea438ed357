import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { Users, type User } from '#people';

type Outcome = User | Rejected<{ readonly code: 'USER_NOT_FOUND' }>;

/** A user’s own data. */
export class GetProfile extends Query<Outcome> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(GetProfile)
export class GetProfileHandler implements IQueryHandler<GetProfile> {
  constructor(private readonly users: Users) {}

  async execute({ userId }: GetProfile): Promise<Outcome> {
    // Erased since the guard looked, unless found.
    return (await this.users.find(userId)) ?? reject({ code: 'USER_NOT_FOUND' });
  }
}
