import { requestAggregate, type RequestFacts } from '#domain';
import { defineProjection, everyEventOf, type Row } from '#projections';

/** Every request, as it is now; its acceptances are in `acceptances`. */
export const requestsProjection = defineProjection({
  name: 'requests',
  schema: 1,
  table: {
    // Serves a request by its number, and all of them, the newest first.
    key: { id: 'bigint' },
    columns: {
      requester_id: 'text collate "C"',
      requester_number: 'bigint',
      kind: 'text collate "C"',
      status: 'text collate "C"',
      required_qty: 'bigint',
      current_qty: 'bigint',
      items: 'json',
      acceptance_count: 'bigint',
      title: 'text',
      place: 'text',
      needed_when: 'text',
      note: 'text',
      created_at: 'timestamptz',
      updated_at: 'timestamptz',
    },
    indexes: [
      // Serve the requests of a requester, by id or number, with any status or one.
      '(requester_id, status, id)',
      '(requester_number, status, id)',
      // Serve the requests with a status, of any kind or one.
      '(status, id)',
      '(kind, status, id)',
    ],
  },
  from: [everyEventOf(requestAggregate, requestRow)],
});

function requestRow(request: RequestFacts): Row {
  return {
    id: request.requestId,
    requester_id: request.requesterId,
    requester_number: request.requesterNumber,
    kind: request.kind,
    status: request.status,
    required_qty: request.requiredQty,
    current_qty: request.currentQty,
    items: request.items,
    acceptance_count: request.acceptanceCount,
    title: request.title,
    place: request.place,
    needed_when: request.when,
    note: request.note,
    created_at: new Date(request.createdAt).toISOString(),
    updated_at: new Date(request.updatedAt).toISOString(),
  };
}
