import type { User, Users } from '#people';
import { CommandFailed } from '../output.ts';

/** What identifies a user on the command line. */
export const who = 'e-mail address, user name, id or number';

export async function theOneNamed(users: Users, name: string): Promise<User> {
  const [user, other] = await users.named(name);
  if (user === undefined) throw userUnknown(name);
  if (other !== undefined) throw new CommandFailed(`${name} matches both ${user.id} and ${other.id}: pass the id`);
  return user;
}

export function userUnknown(name: string): CommandFailed {
  return new CommandFailed(`there is no user with the ${who} ${name}`);
}

export function countOfSessions(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`;
}
