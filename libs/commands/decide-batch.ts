import { isRejected } from '#domain/aggregate';
import { AppendTooLarge, codecOf, sizeOf, type NewEvent } from '#event-store';
import type { AnyAggregate } from './any-aggregate.ts';
import type { CommandContext } from './command.ts';
import { eventIdOf } from './event-ids.ts';
import type { LoadedStream } from './loaded-stream.ts';
import type { RecordedAt } from './recent-commands.ts';

export interface WaitingCommand {
  readonly command: unknown;
  readonly context: CommandContext;
}

export type Verdict =
  | { readonly verdict: 'record'; readonly events: readonly unknown[]; readonly lastRevision: number }
  | { readonly verdict: 'unchanged' }
  | { readonly verdict: 'reject'; readonly rejection: unknown; readonly since?: number | undefined }
  | { readonly verdict: 'repeat'; readonly recorded: RecordedAt }
  /** The same command is earlier in this batch. */
  | { readonly verdict: 'duplicate'; readonly of: number }
  | { readonly verdict: 'throw'; readonly error: unknown };

export interface DecidedBatch {
  /** One entry per decided command; these are the first of the given ones. */
  readonly verdicts: readonly Verdict[];
  readonly events: readonly NewEvent[];
  /** The command of each event. */
  readonly recordedBy: readonly string[];
  /** The state after the events are durable. */
  readonly state: unknown;
}

export interface BatchBounds {
  readonly eventsMax: number;
  readonly bytesMax: number;
}

/** Decides commands one after the other against the evolving state, as many as fit into one append. */
export function decideBatch(
  aggregate: AnyAggregate,
  loaded: LoadedStream,
  commands: readonly WaitingCommand[],
  at: number,
  bounds: BatchBounds,
): DecidedBatch {
  let state = loaded.state;
  let bytes = 0;
  const events: NewEvent[] = [];
  const recordedBy: string[] = [];
  const verdicts: Verdict[] = [];
  const recordedHere = new Map<string, number>();
  for (const waiting of commands) {
    const { commandId } = waiting.context;
    const recorded = loaded.recent.find(commandId);
    const duplicated = recordedHere.get(commandId);
    if (recorded !== undefined) verdicts.push({ verdict: 'repeat', recorded });
    else if (duplicated !== undefined) verdicts.push({ verdict: 'duplicate', of: duplicated });
    else {
      const decided = decideOne(aggregate, state, waiting, at);
      const size = decided.encoded.reduce((sum, event) => sum + sizeOf(event), 0);
      const full = bytes + size > bounds.bytesMax || events.length + decided.encoded.length > bounds.eventsMax;
      if (events.length > 0 && (full || needsOthers(aggregate, loaded.state, waiting, at, decided))) break;
      if (size > bounds.bytesMax) {
        verdicts.push({ verdict: 'throw', error: new AppendTooLarge(size, bounds.bytesMax) });
        continue;
      }
      events.push(...decided.encoded);
      for (let index = 0; index < decided.encoded.length; index++) recordedBy.push(commandId);
      bytes += size;
      state = decided.state;
      if (decided.encoded.length > 0) recordedHere.set(commandId, verdicts.length);
      verdicts.push(decided.verdictAt(loaded.revision + events.length));
    }
  }
  return { verdicts, events, recordedBy, state };
}

/**
 * Whether a command records something only because of what goes down with it. Until that is durable, another process that
 * is asked the same answers for good that it is rejected, or that nothing has to change, and the append could reach the
 * store after that: so it goes down by itself.
 */
function needsOthers(
  aggregate: AnyAggregate,
  before: unknown,
  { command }: WaitingCommand,
  at: number,
  { encoded }: DecidedOne,
): boolean {
  if (encoded.length === 0) return false;
  try {
    const alone = aggregate.decide({ ...(command as object), at }, before);
    return isRejected(alone) || alone.length === 0;
  } catch {
    // By itself it would fail: what it does with the others is known only once they are durable.
    return true;
  }
}

interface DecidedOne {
  readonly encoded: readonly NewEvent[];
  readonly state: unknown;
  verdictAt(lastRevision: number): Verdict;
}

function decideOne(
  aggregate: AnyAggregate,
  state: unknown,
  { command, context }: WaitingCommand,
  at: number,
): DecidedOne {
  const nothing = (verdict: Verdict): DecidedOne => ({ encoded: [], state, verdictAt: () => verdict });
  try {
    const decision = aggregate.decide({ ...(command as object), at }, state);
    if (isRejected(decision)) return nothing({ verdict: 'reject', ...decision });
    if (decision.length === 0) return nothing({ verdict: 'unchanged' });
    const { commandId, correlationId, userId, apiKeyId } = context;
    const who = apiKeyId === undefined ? { userId } : { userId, apiKeyId };
    const metadata = { $correlationId: correlationId, $causationId: commandId, commandId, ...who, at };
    return {
      encoded: decision.map((event, index) => codecOf(aggregate).encode(eventIdOf(commandId, index), event, metadata)),
      state: decision.reduce((before: unknown, event) => aggregate.evolve(before, event), state),
      verdictAt: (lastRevision) => ({ verdict: 'record', events: decision, lastRevision }),
    };
  } catch (error) {
    // An exception while deciding one command affects only that command.
    return nothing({ verdict: 'throw', error });
  }
}
