import { transaction, type Pool, type PoolClient } from '#platform';
import type { Rights } from './rights.ts';

/**
 * Grants the existing roles exactly these rights and revokes those that an earlier release granted. An installation
 * with one role for everything has none of these roles.
 */
export async function grantRights(pool: Pool, rights: Rights): Promise<void> {
  const roles = await rolesThere(pool, rights);
  if (roles.size === 0) return;
  await transaction(pool, async (client) => {
    for (const [name, perRole] of Object.entries(rights)) {
      const kind = await kindOf(client, name);
      await client.query(`revoke all on ${kind} ${name} from ${[...roles].join(', ')}`);
      for (const [role, granted] of Object.entries(perRole)) {
        if (roles.has(role)) await client.query(`grant ${granted} on ${kind} ${name} to ${role}`);
      }
    }
  });
}

async function rolesThere(pool: Pool, rights: Rights): Promise<ReadonlySet<string>> {
  const named = Object.values(rights).flatMap((perRole) => Object.keys(perRole));
  const { rows } = await pool.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1) and rolname <> current_user',
    [named],
  );
  return new Set(rows.map(({ rolname }) => rolname));
}

async function kindOf(client: PoolClient, name: string): Promise<'table' | 'sequence'> {
  const { rows } = await client.query<{ relkind: string }>('select relkind from pg_class where oid = $1::regclass', [
    name,
  ]);
  return rows[0]?.relkind === 'S' ? 'sequence' : 'table';
}
