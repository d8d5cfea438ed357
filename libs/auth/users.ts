import { randomBytes } from 'node:crypto';
import type { Pool } from '#platform';
import { hashPassword, passwordMatches } from './passwords.ts';

export type Role = 'customer' | 'staff';

export interface User {
  readonly id: string;
  readonly number: number;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
}

interface Row {
  id: string;
  number: string;
  email: string;
  name: string;
  role: Role;
  password_hash: string;
  created_at: Date;
  updated_at: Date;
}

const idBytes = 8;

/** People are rows, not events: what is known of them must be erasable. Events carry their ids only. */
export class Users {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Undefined when somebody has this e-mail address already. */
  async create({ email, name, role, password }: NewUser): Promise<User | undefined> {
    const { rows } = await this.#pool.query<Row>(
      `insert into users (id, email, name, role, password_hash) values ($1, $2, $3, $4, $5)
       on conflict (lower(email)) do nothing returning *`,
      [`user_${randomBytes(idBytes).toString('hex')}`, email, name, role, await hashPassword(password)],
    );
    return rows[0] && userOf(rows[0]);
  }

  /** By id, or by number: wherever a user's id is expected, digits are their number. */
  async idOf(idOrNumber: string): Promise<string | undefined> {
    if (!/^\d{1,15}$/.test(idOrNumber)) return idOrNumber;
    const { rows } = await this.#pool.query<{ id: string }>('select id from users where number = $1', [idOrNumber]);
    return rows[0]?.id;
  }

  /** Undefined when the address or the password is wrong; it does not tell which, not even by the time it takes. */
  async authenticate(email: string, password: string): Promise<User | undefined> {
    const { rows } = await this.#pool.query<Row>('select * from users where lower(email) = lower($1)', [email]);
    const matches = await passwordMatches(password, rows[0]?.password_hash);
    return rows[0] !== undefined && matches ? userOf(rows[0]) : undefined;
  }
}

function userOf(row: Row): User {
  const { id, number, email, name, role } = row;
  return { id, number: Number(number), email, name, role, createdAt: row.created_at, updatedAt: row.updated_at };
}
