import pg from 'pg';
import type { ExpectedRevision } from '../event-store.ts';
import type { AppendRequest } from './append-queue.ts';
import { appendFailure, connectFailure, spoilsConnection } from './failures.ts';

/** What became of one append of a set; the events of one that was done before are not read yet. */
export type SetOutcome =
  | { readonly outcome: 'appended'; readonly revision: number; readonly ordinal: bigint }
  | { readonly outcome: 'already-done' }
  | { readonly outcome: 'conflict'; readonly actual: ExpectedRevision };

interface OutcomeRow {
  readonly ordinal: number;
  readonly outcome: SetOutcome['outcome'];
  readonly last_revision: string;
  readonly last_position: string;
}

/** Writes several appends, each to a stream of its own, in one call and one transaction; answers in their order. */
export async function appendSet(pool: pg.Pool, requests: readonly AppendRequest[]): Promise<readonly SetOutcome[]> {
  const client = await pool.connect().catch((error: unknown) => {
    throw connectFailure(error);
  });
  let spoilt = false;
  try {
    const { rows } = await client.query<OutcomeRow>({
      name: 'append-events',
      text: 'select * from append_events($1, $2, $3, $4, $5, $6, $7) order by ordinal',
      values: parametersOf(requests),
    });
    return rows.map(outcomeOf);
  } catch (error) {
    spoilt = spoilsConnection(error);
    throw appendFailure(error);
  } finally {
    client.release(spoilt);
  }
}

function outcomeOf({ outcome, last_revision, last_position }: OutcomeRow): SetOutcome {
  const revision = Number(last_revision);
  switch (outcome) {
    case 'appended':
      return { outcome, revision, ordinal: BigInt(last_position) };
    case 'already-done':
      return { outcome };
    case 'conflict':
      return { outcome, actual: revision < 0 ? 'none' : revision };
  }
}

function parametersOf(requests: readonly AppendRequest[]): unknown[] {
  const events = requests.flatMap((request, index) => request.events.map((event) => ({ event, ordinal: index + 1 })));
  return [
    requests.map(({ stream }) => stream),
    requests.map(({ expected }) => (expected === 'none' ? -1 : expected)),
    events.map(({ ordinal }) => ordinal),
    events.map(({ event }) => event.id),
    events.map(({ event }) => event.type),
    events.map(({ event }) => event.data),
    events.map(({ event }) => event.metadata),
  ];
}
