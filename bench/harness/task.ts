import type { ContenderKey } from '../contenders/contenders.ts';
import type { Servers } from './contender.ts';
import type { Load } from './load.ts';
import type { Measured } from './tally.ts';

/** The task of a contender process, one per repeat. */
export interface Task {
  readonly contender: ContenderKey;
  readonly servers: Servers;
  readonly connections: number;
  readonly itemsCount: number;
  /** Whether to reuse the items of the previous task. */
  readonly sameItems: boolean;
  readonly units: number;
  readonly purchasesBefore: number;
  readonly load: Load;
}

export interface Answer extends Measured {
  readonly recorded: number;
  readonly abandoned: number;
  readonly peakMb: number;
}

export type Reply = { readonly answer: Answer } | { readonly failure: string };
