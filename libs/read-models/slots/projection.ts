import { slotAggregate, type SlotFacts } from '#domain';
import { defineProjection, eventsOf, type Row } from '#projections';

/** When a slot starts, in an order in which those without a start are last. */
export const startOrLast = `coalesce(starts_at, 'infinity')`;
/** The same, for the latest first. */
export const startOrLastBackwards = `coalesce(starts_at, '-infinity')`;

/** The bookable slots; their available places are in the availability of their stock. */
export const slotsProjection = defineProjection({
  name: 'slots',
  schema: 4,
  followed: true,
  table: {
    // Serves a slot by its id, slots by their ids, and the list of all.
    key: { id: 'bigint' },
    columns: {
      title: 'text',
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      cancel_until: 'timestamptz',
      created_at: 'timestamptz',
    },
    // Serve the slots that start in a time range, and the lists by start in either direction, in which those that have
    // none come last.
    indexes: [`(${startOrLast}, id)`, `(${startOrLastBackwards}, id)`],
  },
  from: [eventsOf(slotAggregate, { SlotOpened: slotRow, SlotChanged: slotRow })],
});

function slotRow({ slotId, title, startsAt, endsAt, cancelUntil, createdAt }: SlotFacts): Row {
  return {
    id: slotId,
    title,
    starts_at: timeOf(startsAt),
    ends_at: timeOf(endsAt),
    cancel_until: timeOf(cancelUntil),
    created_at: timeOf(createdAt),
  };
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
