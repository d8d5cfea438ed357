import { transaction, type Pool } from './pool.ts';

/** A migration step. Once released it is never edited; a later step corrects it. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

// An arbitrary number that no other advisory lock in the database uses.
const migrationLock = 7_046_029_254;

/** Applies missing migrations in order, each in its own transaction, one process at a time; returns their names. */
export async function migrate(pool: Pool, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = [];
  for (const migration of migrations) {
    if (await applyOnce(pool, migration)) applied.push(migration.name);
  }
  return applied;
}

async function applyOnce(pool: Pool, { name, sql }: Migration): Promise<boolean> {
  return transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await client.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const { rowCount } = await client.query('select from migrations where name = $1', [name]);
    if (rowCount !== 0) return false;
    await client.query(sql);
    await client.query('insert into migrations (name) values ($1)', [name]);
    return true;
  });
}

/** The names of pending migrations; a service is not ready while there are any. */
export async function pendingMigrations(pool: Pool, migrations: readonly Migration[]): Promise<string[]> {
  const { rows: tables } = await pool.query<{ present: boolean }>(
    `select to_regclass('migrations') is not null as present`,
  );
  if (tables[0]?.present !== true) return migrations.map(({ name }) => name);
  const { rows } = await pool.query<{ name: string }>('select name from migrations');
  const applied = new Set(rows.map(({ name }) => name));
  return migrations.map(({ name }) => name).filter((name) => !applied.has(name));
}

export async function assertMigrated(pool: Pool, migrations: readonly Migration[]): Promise<void> {
  const pending = await pendingMigrations(pool, migrations);
  if (pending.length > 0) throw new Error(`migrations not applied: ${pending.join(', ')}`);
}
