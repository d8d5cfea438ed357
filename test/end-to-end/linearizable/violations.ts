import { isDeepStrictEqual } from 'node:util';
import type { History, Operation } from './history.ts';
import { rejectionOf } from './model-lends.ts';
import { Timeline } from './timeline.ts';

/** Revisions between which an answer must have been right. */
interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * Why no single, ordered run of the stock could have shown clients what they saw; nothing when one could. Each operation
 * must stand at one moment between its first try and its answer: those that recorded something stand where their event
 * does, and each rejection after one of the events, at the earliest where it is right.
 */
export function violationsOf(history: History): readonly string[] {
  const timeline = new Timeline(history);
  const blame = (operation: Operation, what: string): void => {
    timeline.violations.push(`${describe(operation)} ${what}`);
  };
  const latest = latestRevisions(history.operations, timeline);
  /** The latest revision that an answer has shown by now. */
  let shown = firstRevision(timeline) - 1;
  const standsAt = new Map<Operation, number>();
  for (const { operation, isAnswer } of moments(history.operations)) {
    const revision = timeline.revisionOf.get(operation);
    const rejected = operation.answer !== undefined && 'rejected' in operation.answer;
    if (isAnswer) shown = Math.max(shown, standsAt.get(operation) ?? shown);
    else if (rejected) {
      if (revision !== undefined) blame(operation, `is recorded all the same, at ${revision}`);
      const window = { from: shown, to: latest.get(operation) ?? timeline.end };
      const right = rightAt(operation, timeline, window);
      if (right === undefined) blame(operation, `is not right anywhere from ${window.from} to ${window.to}`);
      standsAt.set(operation, right ?? shown);
      const { answer, again = answer } = operation;
      if (!isDeepStrictEqual(again, answer)) blame(operation, `is answered ${JSON.stringify(again)} when sent again`);
    } else if (revision !== undefined) {
      if (revision <= shown) blame(operation, `stands at ${revision}, though ${shown} was known before it was sent`);
      standsAt.set(operation, revision);
    } else if (operation.answer !== undefined) blame(operation, 'is recorded nowhere');
  }
  return timeline.violations;
}

/** Every sending and every answer, in the order of time. */
function moments(operations: readonly Operation[]): { operation: Operation; tick: number; isAnswer: boolean }[] {
  const sent = operations.map((operation) => ({ operation, tick: operation.sent, isAnswer: false }));
  const answered = operations.map((operation) => ({ operation, tick: operation.answered, isAnswer: true }));
  return [...sent, ...answered.filter(({ tick }) => Number.isFinite(tick))].toSorted((a, b) => a.tick - b.tick);
}

/** For each operation, the revision before the first that was asked for after its answer. */
function latestRevisions(operations: readonly Operation[], timeline: Timeline): Map<Operation, number> {
  const latest = new Map<Operation, number>();
  let bound = timeline.end;
  for (const { operation, isAnswer } of moments(operations).toReversed()) {
    if (isAnswer) latest.set(operation, bound);
    else bound = Math.min(bound, (timeline.revisionOf.get(operation) ?? Number.POSITIVE_INFINITY) - 1);
  }
  return latest;
}

function firstRevision(timeline: Timeline): number {
  return Math.min(timeline.end + 1, ...timeline.revisionOf.values());
}

function rightAt(operation: Operation, timeline: Timeline, { from, to }: Window): number | undefined {
  for (let revision = Math.max(from, 0); revision <= to; revision++) {
    if (isRight(operation, timeline, revision)) return revision;
  }
  return undefined;
}

function isRight({ ask, answer, asker }: Operation, timeline: Timeline, revision: number): boolean {
  if (answer === undefined || !('rejected' in answer)) return false;
  const available = timeline.available(revision);
  if ('lendId' in ask) {
    const lend = timeline.lendAt(ask.lendId, revision);
    const isAwaited = timeline.isAwaited(lend?.borrowerId ?? '', revision);
    return isDeepStrictEqual(answer, rejectionOf(ask, asker, lend, isAwaited));
  }
  if ('holdId' in ask && answer.rejected !== 'INSUFFICIENT_STOCK') {
    const status = timeline.statusOf(ask.holdId, revision);
    const isTheirs = asker.isStaff || timeline.ownerOf(ask.holdId) === asker.userId;
    if (status === undefined || !isTheirs) return answer.rejected === 'HOLD_NOT_FOUND';
    return answer.rejected === `HOLD_${status.toUpperCase()}`;
  }
  if ('holdId' in ask || answer.available !== available) return false;
  if (ask.type !== 'adjust') return answer.rejected === 'INSUFFICIENT_STOCK' && ask.quantity > available;
  if (ask.expected !== undefined && ask.expected !== available) return answer.rejected === 'EXPECTED_MISMATCH';
  return answer.rejected === 'INSUFFICIENT_STOCK' && available + ask.delta < 0;
}

function describe({ commandId, ask, answer, sent, answered }: Operation): string {
  return `${commandId}: ${JSON.stringify(ask)} of ${sent} to ${answered}, answered ${JSON.stringify(answer)},`;
}
