import { reject, type Aggregate, type Decision, type Rejected, type Timed } from './aggregate.ts';
import type { SlotId } from './ids.ts';

/** Every event of a slot contains the whole slot. Its capacity and closing time are in its stock. */
export interface SlotFacts {
  readonly slotId: SlotId;
  readonly title: string | null;
  /** In milliseconds since 1970. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  /** Until when customers can give back what they booked; null for the start. */
  readonly cancelUntil: number | null;
  readonly createdAt: number;
}

export type SlotEvent = SlotOpened | SlotChanged;

export interface SlotOpened extends SlotFacts {
  readonly type: 'SlotOpened';
}

export interface SlotChanged extends SlotFacts {
  readonly type: 'SlotChanged';
  /** The fields that changed. */
  readonly changed: readonly SlotField[];
}

/** Bookings could not be given back at first. */
const untilItStarts = (data: Record<string, unknown>) => ({ ...data, cancelUntil: null });

const events = { SlotOpened: [untilItStarts], SlotChanged: [untilItStarts] } as const;

const changeable = ['title', 'startsAt', 'endsAt', 'cancelUntil'] as const;
export type SlotField = (typeof changeable)[number];

export type SlotCommand =
  | ({ readonly type: 'OpenSlot' } & Pick<SlotFacts, 'slotId' | Exclude<SlotField, 'cancelUntil'>> &
      Partial<Pick<SlotFacts, 'cancelUntil'>>)
  | ({ readonly type: 'ChangeSlot' } & Partial<Pick<SlotFacts, SlotField>>);

export type SlotRejection =
  | { readonly code: 'ID_TAKEN'; readonly id: string }
  | { readonly code: 'SLOT_NOT_FOUND' }
  | { readonly code: 'SLOT_ENDS_TOO_EARLY'; readonly startsAt: number; readonly endsAt: number };

export type Slot = { readonly status: 'unknown' } | KnownSlot;

export interface KnownSlot {
  readonly status: 'open';
  readonly facts: SlotFacts;
}

type SlotDecision = Decision<SlotEvent, SlotRejection>;
type Command<Type extends SlotCommand['type']> = Timed<Extract<SlotCommand, { type: Type }>>;

function decide(command: Timed<SlotCommand>, slot: Slot): SlotDecision {
  switch (command.type) {
    case 'OpenSlot':
      return open(command, slot);
    case 'ChangeSlot':
      return slot.status === 'unknown' ? reject({ code: 'SLOT_NOT_FOUND' }) : change(command, slot.facts);
  }
}

function open(command: Command<'OpenSlot'>, slot: Slot): SlotDecision {
  const { slotId, title, startsAt, endsAt, cancelUntil = null, at } = command;
  if (slot.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: String(slotId) });
  const facts = { slotId, title, startsAt, endsAt, cancelUntil, createdAt: at };
  return endingTooEarly(facts) ?? [{ type: 'SlotOpened', ...facts }];
}

function change(command: Command<'ChangeSlot'>, facts: SlotFacts): SlotDecision {
  const { title = facts.title, startsAt = facts.startsAt, endsAt = facts.endsAt } = command;
  const { cancelUntil = facts.cancelUntil } = command;
  const wanted = { ...facts, title, startsAt, endsAt, cancelUntil };
  const changed = changeable.filter((field) => wanted[field] !== facts[field]);
  if (changed.length === 0) return [];
  return endingTooEarly(wanted) ?? [{ type: 'SlotChanged', ...wanted, changed }];
}

function endingTooEarly({ startsAt, endsAt }: SlotFacts): Rejected<SlotRejection> | undefined {
  if (startsAt === null || endsAt === null || endsAt > startsAt) return undefined;
  return reject({ code: 'SLOT_ENDS_TOO_EARLY', startsAt, endsAt });
}

function evolve(_slot: Slot, event: SlotEvent): Slot {
  switch (event.type) {
    case 'SlotOpened':
    case 'SlotChanged': {
      const { slotId, title, startsAt, endsAt, cancelUntil, createdAt } = event;
      return { status: 'open', facts: { slotId, title, startsAt, endsAt, cancelUntil, createdAt } };
    }
  }
}

/** Something bookable: its title and time. */
export const slotAggregate = {
  category: 'slot',
  streamOf: (slotId) => `slot-${slotId}`,
  events,
  initial: { status: 'unknown' },
  decide,
  evolve,
} satisfies Aggregate<SlotId, Slot, SlotCommand, SlotEvent, SlotRejection>;
