import { reject, type CustomerId, type Rejected } from '#domain';
import type { Caller, Users } from '#people';

export type NotTheirs = Rejected<{ readonly code: 'FORBIDDEN' }>;

/** The user that a list is asked of, by id or number; none but staff may ask for another than themselves. */
export async function askedUser(
  users: Users,
  caller: Caller,
  idOrNumber: string,
): Promise<{ readonly id: CustomerId } | NotTheirs> {
  if (idOrNumber === caller.id) return caller;
  const found = await users.idOf(idOrNumber);
  if (caller.role !== 'staff' && found !== caller.id) return reject({ code: 'FORBIDDEN' });
  return { id: found ?? idOrNumber };
}
