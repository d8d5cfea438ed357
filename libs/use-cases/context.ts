import { randomUUID } from 'node:crypto';
import { commandIdOf, type CommandContext } from '#commands';

/** The context of a use case: its command id, caller and deadline. */
export interface UseCaseContext extends CommandContext {
  readonly userId: string;
  readonly role: 'customer' | 'staff';
  /** Whether the same command may be attempted more than once. */
  readonly isRepeatable: boolean;
  /** Must be called before a command is sent to its stream: from then on something may be recorded. */
  readonly noteSent?: () => void;
  /** To be called when a command was recorded: whatever stops the rest, a retry goes on from there. */
  readonly noteRecorded?: () => void;
  /**
   * To be called when one of several commands failed and the others are answered: the answer is then not final, and a
   * retry finds out what became of it, once `settled`.
   */
  readonly noteUnfinished?: (settled: Promise<void>) => void;
}

/** The context of a command that the system itself sends, e.g. a process: on nobody's behalf, and new each time. */
export function systemContext(timeoutMs: number): CommandContext {
  const commandId = randomUUID();
  return { commandId, correlationId: commandId, userId: null, deadline: Date.now() + timeoutMs };
}

/** The context of one of several commands of a use case, with its own id, which is the same for every attempt. */
export function step<Context extends CommandContext>(context: Context, name: string): Context {
  return { ...context, commandId: commandIdOf(context.commandId, name) };
}

/**
 * The context of a command that is decided from the current state on every attempt: it is never treated as a repeat.
 */
export function withNewId<Context extends CommandContext>(context: Context): Context {
  return { ...context, commandId: randomUUID() };
}

/** For a command that may not be recorded now, such as one whose values are not free: a repeat of it is still answered. */
export const onlyRepeats: { readonly recordBy: number; readonly categoryId?: undefined } = { recordBy: -1 };
