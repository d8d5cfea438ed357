import { readFileSync, statSync } from 'node:fs';

export interface User {
  name: string;
  uid: number;
  gid: number;
}

/**
 * PostgreSQL does not run as root; for root, it runs as the owner of its data, else as `postgres`, else as `nobody`.
 */
export function serverUser(dataDir: string): User | undefined {
  const self = process.getuid?.();
  const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid;
  if (self !== 0) {
    if (owner === undefined || owner === self) return undefined;
    throw new Error(`${dataDir} belongs to another user (id ${owner}): start as that user, or remove it first.`);
  }
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map(parseUser);
  if (owner !== undefined && owner !== 0) {
    const known = users.find((user) => user.uid === owner);
    return known ?? { name: String(owner), uid: owner, gid: statSync(dataDir).gid };
  }
  const user = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody');
  if (user === undefined) {
    throw new Error('PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as.');
  }
  return user;
}

function parseUser(line: string): User {
  const [name = '', , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}
