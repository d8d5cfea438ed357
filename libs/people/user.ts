export type Role = 'customer' | 'staff';

export interface User {
  readonly id: string;
  readonly number: number;
  /** For login: an e-mail address, a user name, or both. */
  readonly email: string | null;
  readonly userName: string | null;
  readonly name: string;
  readonly phone: string | null;
  readonly address: string | null;
  readonly role: Role;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Counts the changes that end sessions: a login verified before such a change starts no session. */
  readonly version: number;
  /** null unless the user was disabled. */
  readonly disabledAt: Date | null;
}

/** The columns of a `UserRow`. Named, because query-api has no right to read the others: the hash of the password. */
export const userColumns =
  'id, number, email, user_name, name, phone, address, role, created_at, updated_at, version, disabled_at';

export interface UserRow {
  id: string;
  number: number;
  email: string | null;
  user_name: string | null;
  name: string;
  phone: string | null;
  address: string | null;
  role: Role;
  created_at: Date;
  updated_at: Date;
  version: number;
  disabled_at: Date | null;
}

export function userOf(row: UserRow): User {
  const { id, number, email, user_name: userName, name, phone, address, role, version } = row;
  const [createdAt, updatedAt] = [row.created_at, row.updated_at];
  const disabledAt = row.disabled_at;
  return { id, number, email, userName, name, phone, address, role, createdAt, updatedAt, version, disabledAt };
}

/** The user of an API key has no login. */
export function canLogIn({ email, userName }: Pick<User, 'email' | 'userName'>): boolean {
  return email !== null || userName !== null;
}
