import type { readModels } from '#read-models';
import type { Rate, SeenAfter } from './constant-rate.ts';

export type ModelName = (typeof readModels)[number]['projection']['name'];

export interface Place {
  readonly postgres: string;
  readonly redis: string;
}

interface Work extends Place {
  /** The counted events, without those of the catalog. */
  readonly stockEvents: number;
  readonly models: readonly ModelName[];
}

/** The tasks of separate processes. */
export type Task =
  /** Builds the read models from scratch, like a projector. */
  | (Work & { readonly kind: 'replay'; readonly redis: string; readonly inRedis: boolean })
  /** Writes the rows of the first events by another implementation. */
  | (Work & { readonly kind: 'transaction-per-event' | 'statement-per-event'; readonly events: number })
  | (Work & { readonly kind: 'rebuild' })
  | (Place & Rate & { readonly kind: 'lag' });

export interface Paced {
  readonly events: number;
  readonly seconds: number;
  readonly peakMb: number;
}

/** From the acknowledged append to the notification that the row is visible. */
export interface Lag extends SeenAfter {
  readonly rowsLooked: number;
}

export type Reply = { readonly answer: unknown } | { readonly failure: string };
