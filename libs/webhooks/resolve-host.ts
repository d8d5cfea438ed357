import { Resolver, lookup } from 'node:dns/promises';

export type ResolveHost = (host: string) => Promise<readonly string[]>;

const resolver = new Resolver({ timeout: 2000, tries: 2 });
const notThere = new Set<unknown>(['ENOTFOUND', 'ENODATA']);

/**
 * All addresses of a host. The operating system is asked only for names that no name server knows, such as those of its
 * hosts file: a few slow answers would keep all of its threads, and every other webhook would wait for them.
 */
export const resolveHost: ResolveHost = async (host) => {
  const answers = isLocal(host) ? [] : await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (found.length > 0) return found;
  for (const answer of answers) if (answer.status === 'rejected' && !isNotThere(answer.reason)) throw answer.reason;
  return (await lookup(host, { all: true })).map(({ address }) => address);
};

export function isNotThere(error: unknown): boolean {
  return notThere.has((error as NodeJS.ErrnoException).code);
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}
