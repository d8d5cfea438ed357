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
  {
    name: 'auth-2-sessions',
    sql: `
      alter table users
        alter column email drop not null,
        add column user_name text,
        add column phone text,
        add column address text,
        add column version integer not null default 1,
        add constraint users_can_log_in check (email is not null or user_name is not null),
        add constraint users_user_name_is_no_email check (user_name not like '%@%');
      create unique index users_user_name on users (lower(user_name));

      create table sessions (
        id text primary key,
        user_id text not null references users (id) on delete cascade,
        refresh_family bytea not null unique,
        refresh_hash bytea not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index sessions_of_user on sessions (user_id, created_at);
      create index sessions_expiry on sessions (expires_at);

      create table ended_sessions (
        id text primary key,
        ended_at timestamptz not null default now()
      );
      create index ended_sessions_age on ended_sessions (ended_at);

      create table login_attempts (
        key text primary key,
        attempts integer not null,
        ends_at timestamptz not null
      );
      create index login_attempts_end on login_attempts (ends_at);
    `,
  },
  {
    // Normalises existing names. If several become equal, the one already spelled that way, or else the oldest, keeps
    // the name; the others can be found by id.
    name: 'auth-3-spellings',
    sql: `
      update users u set email = s.spelled from (
        select id, normalize(email, nfc) as spelled, row_number() over (
          partition by lower(normalize(email, nfc)) order by email is nfc normalized desc, number
        ) as place from users where email is not null
      ) s where s.id = u.id and s.place = 1 and s.spelled <> u.email;

      update users u set user_name = s.spelled from (
        select id, normalize(user_name, nfkc) as spelled, row_number() over (
          partition by lower(normalize(user_name, nfkc)) order by user_name is nfkc normalized desc, number
        ) as place from users where user_name is not null
      ) s where s.id = u.id and s.place = 1 and s.spelled <> u.user_name;
    `,
  },
  {
    name: 'auth-4-known-networks',
    sql: `
      create table known_networks (
        user_id text not null references users (id) on delete cascade,
        network text not null,
        used_at timestamptz not null default now(),
        primary key (user_id, network)
      );
      create index known_networks_age on known_networks (used_at);

      create table login_queues (
        account text primary key,
        next_at timestamptz not null,
        places jsonb not null,
        ends_at timestamptz not null
      );
      create index login_queues_end on login_queues (ends_at);
    `,
  },
  {
    name: 'auth-5-refreshed-sessions',
    sql: 'alter table sessions add column refreshed_at timestamptz',
  },
  {
    name: 'auth-6-order-contacts',
    sql: `
      create table order_contacts (
        order_id text collate "C" primary key,
        user_id text not null references users (id) on delete cascade,
        recipient_name text not null,
        recipient_phone text not null,
        city text not null,
        district text not null,
        address text not null,
        postal_code text not null
      );
      create index order_contacts_user on order_contacts (user_id);
    `,
  },
  {
    name: 'auth-7-refresh-seeds',
    sql: 'alter table sessions add column refresh_seed bytea',
  },
  {
    // The user of an API key has neither a login nor a password.
    name: 'auth-8-api-keys',
    sql: `
      alter table users
        alter column password_hash drop not null,
        add column disabled_at timestamptz,
        drop constraint users_can_log_in,
        add constraint users_can_log_in check (email is not null or user_name is not null or password_hash is null);

      create table api_keys (
        id text primary key,
        name text not null,
        role text not null check (role in ('customer', 'staff', 'service')),
        user_id text references users (id) on delete cascade check ((user_id is null) = (role = 'service')),
        key_hash bytea not null unique,
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        last_used_at timestamptz
      );
      create index api_keys_of_user on api_keys (user_id);
    `,
  },
  {
    name: 'auth-9-password-resets',
    sql: `
      create table password_resets (
        user_id text primary key references users (id) on delete cascade,
        token_hash bytea not null unique,
        expires_at timestamptz not null
      );
      create index password_resets_expiry on password_resets (expires_at);
    `,
  },
  {
    // Users of outside issuers have no login, and are staff only for as long as their tokens say so. The identity is
    // never deleted: it keeps a user who was erased from coming back as the same one.
    name: 'auth-10-outside-users',
    sql: `
      create table outside_identities (user_id text primary key);

      alter table users
        add column issuer text,
        add column subject text,
        add column outside_email text,
        add constraint users_of_an_issuer check (
          case when issuer is null then subject is null and outside_email is null
          else subject is not null and email is null and user_name is null and password_hash is null
            and role = 'customer' end);
    `,
  },
];
