import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { User } from './run-as.ts';

/** The outermost directory on the path of a file, or the file itself, that a user has no access to. */
export function closedParent(path: string, user: User): string | undefined {
  const absolute = resolve(path);
  const above = dirname(absolute);
  const outer = above === absolute ? undefined : closedParent(above, user);
  return outer ?? (mayPass(absolute, user) ? undefined : absolute);
}

function mayPass(path: string, user: User): boolean {
  const { mode, uid, gid } = statSync(path);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
