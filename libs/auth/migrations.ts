import type { Migration } from '#platform';

export const authMigrations: readonly Migration[] = [
  {
    name: 'auth-1-users',
    sql: `
      create table users (
        id text primary key,
        number bigint generated always as identity unique,
        email text not null,
        name text not null,
        role text not null check (role in ('customer', 'staff')),
        password_hash text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create unique index users_email on users (lower(email));
    `,
  },
];
