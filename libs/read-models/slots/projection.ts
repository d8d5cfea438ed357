import { slotAggregate, type SlotFacts } from '#domain';
import { defineProjection, eventsOf, type Row } from '#projections';

/** The slots that can be booked; how many places they have left is their stock's availability. */
export const slotsProjection = defineProjection({
  name: 'slots',
  schema: 2,
  table: {
    // Serves a slot by its id, slots by their ids, and the list of all.
    key: { id: 'bigint' },
    columns: {
      title: 'text',
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      created_at: 'timestamptz',
    },
    // Serves the slots that start in a span of time.
    indexes: ['(starts_at, id)'],
  },
  from: [eventsOf(slotAggregate, { SlotOpened: slotRow, SlotChanged: slotRow })],
});

function slotRow({ slotId, title, startsAt, endsAt, createdAt }: SlotFacts): Row {
  return { id: slotId, title, starts_at: timeOf(startsAt), ends_at: timeOf(endsAt), created_at: timeOf(createdAt) };
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
