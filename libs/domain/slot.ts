import { reject, type Aggregate, type Decision, type Rejected, type Timed } from './aggregate.ts';
import type { SlotId } from './ids.ts';

/** Every event of a slot contains the whole slot. Its capacity and closing time are in its stock. */
export interface SlotFacts {
  readonly slotId: SlotId;
  readonly title: string | null;
  /** In milliseconds since 1970. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
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

const events = { SlotOpened: [], SlotChanged: [] } as const;

const changeable = ['title', 'startsAt', 'endsAt'] as const;
export type SlotField = (typeof changeable)[number];

export type SlotCommand =
  | ({ readonly type: 'OpenSlot' } & Pick<SlotFacts, 'slotId' | SlotField>)
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

function open({ slotId, title, startsAt, endsAt, at }: Command<'OpenSlot'>, slot: Slot): SlotDecision {
  if (slot.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: String(slotId) });
  const facts = { slotId, title, startsAt, endsAt, createdAt: at };
  return endingTooEarly(facts) ?? [{ type: 'SlotOpened', ...facts }];
}

function change(command: Command<'ChangeSlot'>, facts: SlotFacts): SlotDecision {
  const { title = facts.title, startsAt = facts.startsAt, endsAt = facts.endsAt } = command;
  const wanted = { ...facts, title, startsAt, endsAt };
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
      const { slotId, title, startsAt, endsAt, createdAt } = event;
      return { status: 'open', facts: { slotId, title, startsAt, endsAt, createdAt } };
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
