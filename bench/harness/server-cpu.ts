import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { Pool } from '#platform';

const ticksPerSecond = 100;

/** CPU seconds of PostgreSQL so far, with all its processes; NaN where there is no /proc. */
export async function postgresCpuSeconds(pool: Pool): Promise<number> {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const { parent } = statOf(String(rows[0]?.pid)) ?? { parent: '' };
  let ticks = statOf(parent)?.ticksOfAll ?? 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(pid);
    if (stat?.parent === parent) ticks += stat.ticks;
  }
  return ticks / ticksPerSecond;
}

/** As reported by Redis. */
export async function redisCpuSeconds(redis: Redis): Promise<number> {
  const text = await redis.info('cpu');
  const of = (name: string): number => Number(new RegExp(`^${name}:(\\S+)`, 'm').exec(text)?.[1]);
  return of('used_cpu_user') + of('used_cpu_sys');
}

/** Undefined for a process that has ended meanwhile. `ticksOfAll`: with those of its children that have ended. */
function statOf(pid: string): { parent: string; ticks: number; ticksOfAll: number } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name, in parentheses, may contain spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, usersOfEnded = 0, systemsOfEnded = 0] = fields.slice(11, 15).map(Number);
  const ticks = user + system;
  return { parent: fields[1] ?? '', ticks, ticksOfAll: ticks + usersOfEnded + systemsOfEnded };
}
