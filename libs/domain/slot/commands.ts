import type { SlotFacts, SlotField } from './events.ts';

export type SlotCommand =
  | ({ readonly type: 'OpenSlot' } & Pick<SlotFacts, 'slotId' | SlotField>)
  | ({ readonly type: 'ChangeSlot' } & Partial<Pick<SlotFacts, SlotField>>);

export type SlotRejection =
  | { readonly code: 'ID_TAKEN'; readonly id: string }
  | { readonly code: 'SLOT_NOT_FOUND' }
  | { readonly code: 'SLOT_ENDS_TOO_EARLY'; readonly startsAt: number; readonly endsAt: number };
