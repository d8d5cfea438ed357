import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { idPrefixes } from '#ids';
import type { Pool } from '#platform';
import { Passwords } from './passwords.ts';
import { spelledEmail, spelledLogin, spelledUserName } from './spelling.ts';
import { userColumns, userOf, type Role, type User, type UserRow } from './user.ts';

/** A new user with a login: an e-mail address or a user name. */
export type NewUser = {
  readonly name: string;
  readonly phone?: string;
  readonly role: Role;
  readonly password: string;
} & (
  { readonly email: string; readonly userName?: undefined } | { readonly userName: string; readonly email?: undefined }
);

export type Created =
  | { readonly outcome: 'created'; readonly user: User }
  | { readonly outcome: 'taken'; readonly field: 'email' | 'userName' };

const idBytes = 8;
const defaultRememberedMax = 10_000;

/** Users are rows, not events, because personal data must be erasable. Events contain only their ids. */
export class Users {
  readonly #pool: Pool;
  readonly #passwords: Passwords;
  /** A number never changes, and is given to no other user. */
  readonly #numbers: LRUCache<string, number>;

  constructor(pool: Pool, passwords = new Passwords(), rememberedMax = defaultRememberedMax) {
    this.#pool = pool;
    this.#passwords = passwords;
    this.#numbers = new LRUCache({ max: rememberedMax });
  }

  /**
   * The unique index decides whether an address or name is taken, also for concurrent requests. It does so without an
   * error, which PostgreSQL would log with the address.
   */
  async create(newUser: NewUser, address?: string): Promise<Created> {
    const { email, userName, name, phone, role, password } = newUser;
    const hash = await this.#passwords.hash(password, address);
    const { rows } = await this.#pool.query<UserRow>(
      `insert into users (id, email, user_name, name, phone, role, password_hash)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning ${userColumns}`,
      [newUserId(), email && spelledEmail(email), userName && spelledUserName(userName), name, phone, role, hash],
    );
    if (rows[0] !== undefined) return { outcome: 'created', user: userOf(rows[0]) };
    return { outcome: 'taken', field: email === undefined ? 'userName' : 'email' };
  }

  async find(id: string): Promise<User | undefined> {
    const { rows } = await this.#pool.query<UserRow>(`select ${userColumns} from users where id = $1`, [id]);
    return rows[0] && userOf(rows[0]);
  }

  /** By id or number: wherever a user id is expected, digits are a number. */
  async idOf(idOrNumber: string): Promise<string | undefined> {
    if (!/^\d{1,15}$/.test(idOrNumber)) return idOrNumber;
    const { rows } = await this.#pool.query<{ id: string }>('select id from users where number = $1', [idOrNumber]);
    return rows[0]?.id;
  }

  /** Undefined for an id that no user has; of a user who was erased, the number may still be remembered. */
  async numberOf(id: string): Promise<number | undefined> {
    return (await this.numbersOf([id])).get(id);
  }

  /** The same of several, without those that no user has. */
  async numbersOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    const unknown: string[] = [];
    for (const id of new Set(ids)) {
      const known = this.#numbers.get(id);
      if (known === undefined) unknown.push(id);
      else found.set(id, known);
    }
    if (unknown.length === 0) return found;
    const { rows } = await this.#pool.query<{ id: string; number: number }>(
      'select id, number from users where id = any($1)',
      [unknown],
    );
    for (const { id, number } of rows) {
      this.#numbers.set(id, number);
      found.set(id, number);
    }
    return found;
  }

  /**
   * All users with this e-mail address, user name, id or number: the user name of one may be the number of another. An
   * id always identifies one user.
   */
  async named(name: string): Promise<User[]> {
    const { rows } = await this.#pool.query<UserRow>(
      `select ${userColumns} from users
       where lower(email) = lower($1) or lower(user_name) = lower($1) or id = $1 or number::text = $1
       order by number`,
      [spelledLogin(name)],
    );
    const owner = rows.find(({ id }) => id === name);
    return (owner === undefined ? rows : [owner]).map(userOf);
  }

  /** In order of their number, starting after the given one. */
  async list(afterNumber: number, limit: number): Promise<User[]> {
    const { rows } = await this.#pool.query<UserRow>(
      `select ${userColumns} from users where number > $1 order by number limit $2`,
      [afterNumber, limit],
    );
    return rows.map(userOf);
  }

  /**
   * By e-mail address or user name; only addresses contain an @. Undefined if the login or the password is wrong,
   * without revealing which, not even by timing.
   */
  async authenticate(login: string, password: string, address?: string): Promise<User | undefined> {
    const { rows } = await this.#pool.query<UserRow & { password_hash: string | null }>(
      `select ${userColumns}, password_hash from users where lower(email) = lower($1) or lower(user_name) = lower($1)`,
      [spelledLogin(login)],
    );
    const matches = await this.#passwords.match(password, rows[0]?.password_hash ?? undefined, address);
    return rows[0] !== undefined && matches ? userOf(rows[0]) : undefined;
  }
}

export function newUserId(): string {
  return `${idPrefixes.user}${randomBytes(idBytes).toString('hex')}`;
}
