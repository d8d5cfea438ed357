const settings: Record<string, string | number> = {
  listen_addresses: '127.0.0.1',
  // No Unix sockets: their paths have a length limit, and loopback is enough.
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '128MB',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
};

const fastButFragile = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // `drop database` waits until every process of the server has closed its files, which one whose client falls silent
  // during the login does not do before this limit. A login takes seconds while the machine is busy with tests.
  authentication_timeout: '10s',
};

/** Passed on the command line, so that existing data gets the current settings. */
export function settingsOf(port: number, durable: boolean): string[] {
  const all = { ...settings, port, ...(durable ? {} : fastButFragile) };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
