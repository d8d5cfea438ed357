import type { EventLog } from './event-log.ts';
import type { Faults } from './faults.ts';

/** The most that one append may carry, as the server counts it. */
export const appendBytesMax = 1024 * 1024;

/** What the services of one server share. */
export interface ServerState {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly writeTimeoutMs: number;
  /** Ends every connection at once, without a word. */
  readonly cutLine: () => void;
}
