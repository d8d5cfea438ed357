import { lineTimeouts, type LineTimeouts } from '#platform';

/** Time limits of a store for a connection and an answer. Tests use shorter ones. */
export type StoreTimeouts = LineTimeouts;

export const defaultTimeouts: StoreTimeouts = lineTimeouts;
