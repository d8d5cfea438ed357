import { lineTimeouts, type LineTimeouts } from '#platform';

/** How long a store may keep its caller waiting: for a connection, and for an answer. Tests ask for less. */
export type StoreTimeouts = LineTimeouts;

export const defaultTimeouts: StoreTimeouts = lineTimeouts;
