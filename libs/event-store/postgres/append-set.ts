import pg from 'pg';
import type { ExpectedRevision } from '../event-store.ts';
import type { AppendRequest } from './append-queue.ts';
import { appendFailure, connectFailure, spoilsConnection } from './failures.ts';
import { unitSeparator } from './migrations.ts';

/** The outcome of one append of a set; the events of an already recorded one are read later. */
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

/** Writes several appends to different streams in one call and one transaction; returns the results in order. */
export async function appendSet(pool: pg.Pool, requests: readonly AppendRequest[]): Promise<readonly SetOutcome[]> {
  const client = await pool.connect().catch((error: unknown) => {
    throw connectFailure(error);
  });
  let spoilt: Error | undefined;
  try {
    return (await appendExpected(client, requests)) ?? (await appendJudged(client, requests));
  } catch (error) {
    if (spoilsConnection(error)) spoilt = error as Error;
    throw appendFailure(error);
  } finally {
    client.release(spoilt);
  }
}

const uniqueViolation = '23505';

/** Writes all of them, or nothing and returns undefined if one conflicts. */
async function appendExpected(
  client: pg.PoolClient,
  requests: readonly AppendRequest[],
): Promise<readonly SetOutcome[] | undefined> {
  try {
    const { rows } = await client.query<{ head: string | null }>({
      name: 'append-expected',
      text: 'select append_expected($1, $2, $3, $4, $5, $6, $7, $8) as head',
      values: expectedParameters(requests),
    });
    const head = rows[0]?.head;
    if (head == null) return undefined;
    let ordinal = BigInt(head);
    return requests.map(({ expected, events }) => {
      ordinal += BigInt(events.length);
      return { outcome: 'appended', revision: revisionOf(expected) + events.length, ordinal };
    });
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === uniqueViolation) return undefined;
    throw error;
  }
}

async function appendJudged(client: pg.PoolClient, requests: readonly AppendRequest[]): Promise<readonly SetOutcome[]> {
  const { rows } = await client.query<OutcomeRow>({
    name: 'append-events',
    text: 'select * from append_events($1, $2, $3, $4, $5, $6, $7) order by ordinal',
    values: judgedParameters(requests),
  });
  return rows.map(outcomeOf);
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

function expectedParameters(requests: readonly AppendRequest[]): unknown[] {
  const events = requests.flatMap((request) => request.events);
  return [
    requests.map(({ stream }) => stream),
    arrayLiteral(requests.map(({ expected }) => revisionOf(expected))),
    arrayLiteral(requests.flatMap((request, index) => request.events.map(() => index + 1))),
    arrayLiteral(requests.flatMap(({ expected, events: own }) => own.map((_, n) => revisionOf(expected) + 1 + n))),
    arrayLiteral(events.map(({ id }) => id)),
    events.map(({ type }) => type),
    oneText(events.map(({ data }) => data)),
    oneText(events.map(({ metadata }) => metadata)),
  ];
}

/** An array literal for values that need no quotes, because the driver would check every character. */
function arrayLiteral(values: readonly (number | string)[]): string {
  return `{${values.join(',')}}`;
}

/** Sent as bytes, which the driver passes on unchanged, while text would be measured, copied and quoted. */
function oneText(texts: readonly string[]): Buffer {
  return Buffer.from(texts.join(unitSeparator));
}

function judgedParameters(requests: readonly AppendRequest[]): unknown[] {
  const events = requests.flatMap((request, index) => request.events.map((event) => ({ event, ordinal: index + 1 })));
  return [
    requests.map(({ stream }) => stream),
    requests.map(({ expected }) => revisionOf(expected)),
    events.map(({ ordinal }) => ordinal),
    events.map(({ event }) => event.id),
    events.map(({ event }) => event.type),
    events.map(({ event }) => event.data),
    events.map(({ event }) => event.metadata),
  ];
}

function revisionOf(expected: ExpectedRevision): number {
  return expected === 'none' ? -1 : expected;
}
