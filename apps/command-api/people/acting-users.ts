import { reject, type CustomerId, type Rejected } from '#domain';
import type { Users } from '#people';
import type { UseCaseContext } from '#use-cases';

export interface ActingUser {
  readonly id: CustomerId;
  readonly number: number;
}

export interface NotActing {
  readonly code: 'FORBIDDEN' | 'USER_NOT_FOUND';
}

/** On whose behalf something is asked for: the caller's own, or, for staff, anybody's. */
export class ActingUsers {
  constructor(private readonly users: Users) {}

  /** `given` is an id or number; by default it is the caller. Who is not staff may have the right from elsewhere. */
  async of(
    given: string | undefined,
    { userId, role }: Pick<UseCaseContext, 'userId' | 'role'>,
    mayActForOthers = role === 'staff',
  ): Promise<ActingUser | Rejected<NotActing>> {
    const id = given === undefined ? userId : await this.users.idOf(given);
    if (!mayActForOthers && id !== userId) return reject({ code: 'FORBIDDEN' });
    const number = id === undefined ? undefined : await this.users.numberOf(id);
    return id === undefined || number === undefined ? reject({ code: 'USER_NOT_FOUND' }) : { id, number };
  }
}
