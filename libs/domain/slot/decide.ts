import { reject, type Decision, type Rejected, type Timed } from '../decision.ts';
import type { SlotCommand, SlotRejection } from './commands.ts';
import type { SlotEvent, SlotFacts, SlotField } from './events.ts';
import type { Slot } from './evolve.ts';

type SlotDecision = Decision<SlotEvent, SlotRejection>;
type Command<Type extends SlotCommand['type']> = Timed<Extract<SlotCommand, { type: Type }>>;

export function decideSlot(command: Timed<SlotCommand>, slot: Slot): SlotDecision {
  switch (command.type) {
    case 'OpenSlot':
      return open(command, slot);
    case 'ChangeSlot':
      return slot.status === 'unknown' ? reject({ code: 'SLOT_NOT_FOUND' }) : change(command, slot.facts);
  }
}

function open({ slotId, title, startsAt, endsAt, at }: Command<'OpenSlot'>, slot: Slot): SlotDecision {
  if (slot.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: String(slotId) });
  const facts = { slotId, title, startsAt, endsAt, createdAt: at };
  return endingTooEarly(facts) ?? [{ type: 'SlotOpened', ...facts }];
}

function change(command: Command<'ChangeSlot'>, facts: SlotFacts): SlotDecision {
  const { title = facts.title, startsAt = facts.startsAt, endsAt = facts.endsAt } = command;
  const wanted = { ...facts, title, startsAt, endsAt };
  const fields = ['title', 'startsAt', 'endsAt'] satisfies SlotField[];
  const changed = fields.filter((field) => wanted[field] !== facts[field]);
  if (changed.length === 0) return [];
  return endingTooEarly(wanted) ?? [{ type: 'SlotChanged', ...wanted, changed }];
}

function endingTooEarly({ startsAt, endsAt }: SlotFacts): Rejected<SlotRejection> | undefined {
  if (startsAt === null || endsAt === null || endsAt > startsAt) return undefined;
  return reject({ code: 'SLOT_ENDS_TOO_EARLY', startsAt, endsAt });
}
