import type { SlotEvent, SlotFacts } from './events.ts';

/** What the decisions about a slot need to know of it. */
export type Slot = { readonly status: 'unknown' } | KnownSlot;

export interface KnownSlot {
  readonly status: 'open';
  readonly facts: SlotFacts;
}

export const unknownSlot: Slot = { status: 'unknown' };

export function evolveSlot(_slot: Slot, event: SlotEvent): Slot {
  switch (event.type) {
    case 'SlotOpened':
    case 'SlotChanged': {
      const { slotId, title, startsAt, endsAt, createdAt } = event;
      return { status: 'open', facts: { slotId, title, startsAt, endsAt, createdAt } };
    }
  }
}
