import type { EventLog } from './event-log.ts';
import type { Faults } from './faults.ts';

/** Maximum size of an append, as counted by the server. */
export const appendBytesMax = 1024 * 1024;

/** State shared by the services of one server. */
export interface ServerState {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly writeTimeoutMs: number;
  /** Closes every connection immediately, without notice. */
  readonly cutLine: () => void;
}
