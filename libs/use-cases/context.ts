import { randomUUID } from 'node:crypto';
import { commandIdOf, type CommandContext } from '#commands';

/** Who asks a use case for what, and until when. */
export interface UseCaseContext extends CommandContext {
  readonly userId: string;
  readonly role: 'customer' | 'staff';
  /** To be called before a command goes to its stream: from then on something may be recorded. */
  readonly noteSent?: () => void;
  /** To be called when a command was recorded: whatever stops the rest, a retry goes on from there. */
  readonly noteRecorded?: () => void;
}

/** Of one of several commands of a use case: with an id of its own, that is the same for every try. */
export function step<Context extends CommandContext>(context: Context, name: string): Context {
  return { ...context, commandId: commandIdOf(context.commandId, name) };
}

/** Of a command that is decided from what is there now, whatever an earlier try found: it is never taken for a repeat. */
export function withNewId<Context extends CommandContext>(context: Context): Context {
  return { ...context, commandId: randomUUID() };
}
