export type { CommandContext, Outcome, Recorded } from './command.ts';
export { CommandRuntime, type RuntimeBounds } from './command-runtime.ts';
export { ClockBehind, Contended, Draining, InDoubt, NotInTime, Overloaded, TryAgainLater } from './errors.ts';
export { commandIdOf, eventIdOf } from './event-ids.ts';
export { commandMetrics, type CommandMetrics } from './metrics.ts';
export { numberMigrations, Numbers, type NumberKind } from './numbers.ts';
export { PostgresSnapshots, snapshotMigrations, type Snapshots } from './snapshots.ts';
