import type { Client, ClientBase, ClientConfig, QueryConfig, QueryResult, QueryResultRow } from 'pg';

/** How long a connection to PostgreSQL may keep its user waiting. */
export interface LineTimeouts {
  /** Until the connection stands. */
  readonly connectMs: number;
  /** Until a question is answered. A connection that takes longer is dropped: nobody may use it again. */
  readonly answerMs: number;
}

/** So that services are well again within ten seconds, whatever connection falls silent. */
export const lineTimeouts: LineTimeouts = { connectMs: 3000, answerMs: 6000 };

// Less than the client's patience, so that the server's definite answer comes first whenever it can.
const serverShare = 0.8;
// Node leaves the kernel's two hours unless it is told otherwise.
const keepAliveAfterMs = 5000;

/** What every connection to PostgreSQL has in common. */
export function lineConfig(url: string, name: string, { connectMs, answerMs }: LineTimeouts): ClientConfig {
  return {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
  };
}

/** How long the server may work on one statement before it cancels it. */
export function statementMsOf({ answerMs }: LineTimeouts): number {
  return Math.round(answerMs * serverShare);
}

/** A question with a time of its own, shorter or longer than the connection's. */
export function askWithin<Row extends QueryResultRow>(
  ms: number,
  client: ClientBase,
  text: string,
): Promise<QueryResult<Row>> {
  const question: QueryConfig & { query_timeout: number } = { text, query_timeout: ms };
  return client.query<Row>(question);
}

/** Whether the driver gave up waiting: the connection may be dead, and if not, an answer to this may still come. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** Without a goodbye, for which the server would have to listen. */
export function hangUp(client: ClientBase): void {
  (client as Client).connection.stream.destroy();
}

/** Says goodbye, and hangs up when nobody answers. */
export async function endWithin(ms: number, client: Client): Promise<void> {
  const late = setTimeout(() => hangUp(client), ms);
  await client
    .end()
    .catch(() => undefined)
    .finally(() => clearTimeout(late));
}
