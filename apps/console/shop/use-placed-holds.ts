import { useState } from 'preact/hooks';
import type { HoldAnswer } from '#client';

/** The holds that were placed on this page, newest first, as they are by now. */
export function usePlacedHolds() {
  const [holds, setHolds] = useState<readonly HoldAnswer[]>([]);
  return {
    holds,
    add: (hold: HoldAnswer) => setHolds((before) => [hold, ...before]),
    replace: (hold: HoldAnswer) => setHolds((before) => before.map((each) => (each.id === hold.id ? hold : each))),
  };
}
