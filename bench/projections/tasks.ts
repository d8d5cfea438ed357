import type { readModels } from '#read-models';

export type ModelName = (typeof readModels)[number]['projection']['name'];

export interface Place {
  readonly postgres: string;
  readonly redis: string;
}

interface Work extends Place {
  /** What is counted: the catalog’s events are not. */
  readonly stockEvents: number;
  readonly models: readonly ModelName[];
}

/** What a process of its own is asked. */
export type Task =
  /** Builds the read models from nothing, as a projector does. */
  | (Work & { readonly kind: 'replay'; readonly redis: string; readonly inRedis: boolean })
  /** The same rows of the first so many events, by another way. */
  | (Work & { readonly kind: 'transaction-per-event' | 'statement-per-event'; readonly events: number })
  | (Work & { readonly kind: 'rebuild' })
  | (Place & {
      readonly kind: 'lag';
      readonly perSecond: number;
      readonly warmUpMs: number;
      readonly measureMs: number;
    });

export interface Paced {
  readonly events: number;
  readonly seconds: number;
  readonly peakMb: number;
}

export interface Lag {
  readonly commands: number;
  readonly perSecond: number;
  readonly refused: number;
  /** From the acknowledged append to the news that the row is there. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** From the command to the acknowledged append. */
  readonly appendP50Ms: number;
  readonly rowsLooked: number;
}

export type Reply = { readonly answer: unknown } | { readonly failure: string };
