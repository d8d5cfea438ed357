import { rm } from 'node:fs/promises';

export default async function stopTestServers(): Promise<void> {
  const started = globalThis.testServers;
  if (started === undefined) return;
  await Promise.all(started.servers.map((server) => server.stop()));
  await rm(started.directory, { recursive: true, force: true });
}
