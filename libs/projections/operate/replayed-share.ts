import type { Position } from '#event-store';

/**
 * The share of the events up to the head that were replayed, from 0 to 1. An estimate, good enough to show progress:
 * positions grow with the number of events before them.
 */
export function replayedShare(position: Position | null | undefined, head: Position | null | undefined): number {
  const all = ordinalOf(head);
  return all === 0 ? 1 : Math.min(ordinalOf(position) / all, 1);
}

function ordinalOf(position: Position | null | undefined): number {
  return Number(/@(\d+)/.exec(position ?? '')?.[1] ?? 0);
}
