export type Role = 'customer' | 'staff';

export interface User {
  readonly id: string;
  readonly number: number;
  /** For login: an e-mail address, a user name, or both. Of a user of an outside issuer, it is what their token said. */
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
  /** Of a user who is known by tokens of an outside issuer, and so has no login. Their role is what each token says. */
  readonly issuer: string | null;
  readonly subject: string | null;
}

/** The columns of a `UserRow`. Named, because query-api has no right to read the others: the hash of the password. */
export const userColumns =
  'id, number, coalesce(email, outside_email) as email, user_name, name, phone, address, role, created_at, updated_at, version, disabled_at, issuer, subject';

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
  issuer: string | null;
  subject: string | null;
}

export function userOf(row: UserRow): User {
  const { id, number, email, user_name: userName, name, phone, address, role, version, issuer, subject } = row;
  const [createdAt, updatedAt] = [row.created_at, row.updated_at];
  const disabledAt = row.disabled_at;
  return {
    id,
    number,
    email,
    userName,
    name,
    phone,
    address,
    role,
    createdAt,
    updatedAt,
    version,
    disabledAt,
    issuer,
    subject,
  };
}

/** The user of an API key has no login, nor has that of an outside issuer. */
export function canLogIn({ email, userName, issuer }: Pick<User, 'email' | 'userName' | 'issuer'>): boolean {
  return issuer === null && (email !== null || userName !== null);
}
