export type SlotEvent = SlotOpened | SlotChanged;

/** Every event of a slot carries the whole slot. How many places it has, and until when they can be had, its stock knows. */
export interface SlotFacts {
  readonly slotId: number;
  readonly title: string | null;
  /** In milliseconds since 1970. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly createdAt: number;
}

export type SlotField = 'title' | 'startsAt' | 'endsAt';

export interface SlotOpened extends SlotFacts {
  readonly type: 'SlotOpened';
}

export interface SlotChanged extends SlotFacts {
  readonly type: 'SlotChanged';
  /** Which of the facts are new. */
  readonly changed: readonly SlotField[];
}
