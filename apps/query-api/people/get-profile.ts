import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#domain';
import { Users, type Caller, type User } from '#people';

type Outcome = User | Rejected<{ readonly code: 'USER_NOT_FOUND' }>;

/** A user’s own data. */
export class GetProfile extends Query<Outcome> {
  constructor(readonly caller: Pick<Caller, 'id' | 'role'>) {
    super();
  }
}

@QueryHandler(GetProfile)
export class GetProfileHandler implements IQueryHandler<GetProfile> {
  constructor(private readonly users: Users) {}

  async execute({ caller: { id, role } }: GetProfile): Promise<Outcome> {
    const user = await this.users.find(id);
    // Erased since the guard looked, unless found. What a user of an outside issuer may do, their token says.
    return user === undefined ? reject({ code: 'USER_NOT_FOUND' }) : { ...user, role };
  }
}
