import type { en } from './en/index.ts';

/** What every language has to say: the shape of English. */
export type Messages = typeof en;
