import type { Position } from '#event-store';
import type { ProjectionName } from '../define/projection.ts';
import type { Difference } from './difference.ts';
import { replayedShare } from './replayed-share.ts';

export const runKinds = ['rebuild', 'verify'] as const;
export const runStates = ['requested', 'running', 'done', 'failed', 'cancelled'] as const;
export type RunKind = (typeof runKinds)[number];
export type RunState = (typeof runStates)[number];

/** A rebuild or a verification that somebody requested of the projectors. */
export interface ProjectionRun {
  readonly id: number;
  readonly projection: string;
  readonly schema: number;
  readonly kind: RunKind;
  readonly state: RunState;
  /** Id of the user. */
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Number of events that were replayed. */
  readonly events: number;
  readonly position: Position | null;
  /** The head of the event store when it was started, the last time if it was interrupted. */
  readonly head: Position | null;
  /** The generation that a rebuild makes. */
  readonly generation: number | null;
  /** Number of rows that were compared. */
  readonly rows: number | null;
  readonly differences: number | null;
  readonly differencesShown: readonly ShownDifference[];
  /** Why it failed, or why it waits to be tried again. */
  readonly error: string | null;
}

/** A difference with its rows as JSON, cut off after so many characters. */
export interface ShownDifference {
  readonly where: Difference['where'];
  readonly key: string;
  readonly expected: string | null;
  readonly found: string | null;
}

const shownMax = 20;
const shownCharactersMax = 2000;

export const runColumns = `id, projection, schema, kind, state, requested_by as "requestedBy",
  requested_at as "requestedAt", started_at as "startedAt", ended_at as "endedAt", events, position, head, generation,
  rows, differences, differences_shown as "differencesShown", error`;

export function shownDifferences(differences: readonly Difference[]): ShownDifference[] {
  return differences.slice(0, shownMax).map(({ where, key, expected, found }) => ({
    where,
    key: cut(key),
    expected: expected && cut(JSON.stringify(expected)),
    found: found && cut(JSON.stringify(found)),
  }));
}

/** From 0 to 1. It is 1 while indexes are made and rows are compared. */
export function progressOf({ state, startedAt, position, head }: ProjectionRun): number {
  if (state === 'done') return 1;
  return startedAt === null || head === null ? 0 : replayedShare(position, head);
}

export function isOf(run: ProjectionRun, { name, schema }: ProjectionName): boolean {
  return run.projection === name && run.schema === schema;
}

function cut(text: string): string {
  return text.length <= shownCharactersMax ? text : `${text.slice(0, shownCharactersMax)}…`;
}
