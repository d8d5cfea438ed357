import type { Client, ClientBase, ClientConfig, QueryConfig, QueryResult, QueryResultRow } from 'pg';

/** Time limits of a connection to PostgreSQL. */
export interface LineTimeouts {
  /** Time limit for connecting. */
  readonly connectMs: number;
  /** Time limit for an answer. A connection that takes longer is dropped and not used again. */
  readonly answerMs: number;
}

/** Chosen so that services recover within ten seconds from any silent connection. */
export const lineTimeouts: LineTimeouts = { connectMs: 3000, answerMs: 6000 };

// Shorter than the time-out of the client, so that the definite error of the server comes first if possible.
const serverShare = 0.8;
// The default of the kernel is two hours.
const keepAliveAfterMs = 5000;
// The server notices by itself that its client has vanished, and ends the transaction with its locks. Its defaults are
// those of the kernel: two hours for an idle connection, a quarter of an hour for an unacknowledged answer.
const serverLine = [
  'tcp_keepalives_idle=5',
  'tcp_keepalives_interval=1',
  'tcp_keepalives_count=3',
  'tcp_user_timeout=8000',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** Options of every connection to PostgreSQL. */
export function lineConfig(
  url: string,
  name: string,
  { connectMs, answerMs }: LineTimeouts,
  options = '',
): ClientConfig {
  return {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    options: `${serverLine} ${options}`,
  };
}

/** The server cancels statements that take longer than this. */
export function statementMsOf({ answerMs }: LineTimeouts): number {
  return Math.round(answerMs * serverShare);
}

/** A query with its own time limit. */
export function askWithin<Row extends QueryResultRow>(
  ms: number,
  client: ClientBase,
  text: string,
): Promise<QueryResult<Row>> {
  const question: QueryConfig & { query_timeout: number } = { text, query_timeout: ms };
  return client.query<Row>(question);
}

/** Whether the driver timed out: the connection may be dead, or an answer may still arrive. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** Closes the connection without the protocol's termination message. */
export function hangUp(client: ClientBase): void {
  (client as Client).connection.stream.destroy();
}

/** Ends the connection, and closes it if the server does not respond. */
export async function endWithin(ms: number, client: Client): Promise<void> {
  const late = setTimeout(() => hangUp(client), ms);
  await client
    .end()
    .catch(() => undefined)
    .finally(() => clearTimeout(late));
}
