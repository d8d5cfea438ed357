import { requestAggregate } from '#domain';
import { defineProjection, eventsOf } from '#projections';

/** The acceptances of requests that were not withdrawn. */
export const acceptancesProjection = defineProjection({
  name: 'acceptances',
  schema: 1,
  table: {
    key: { id: 'bigint' },
    columns: {
      request_id: 'bigint',
      accepter_id: 'text collate "C"',
      accepter_number: 'bigint',
      qty: 'bigint',
      items: 'json',
      accepted_at: 'timestamptz',
    },
    // Serves the acceptances of a request.
    indexes: ['(request_id, id)'],
  },
  from: [
    eventsOf(requestAggregate, {
      RequestMade: 'ignored',
      RequestAccepted: ({ requestId, acceptance }) => ({
        id: acceptance.acceptanceId,
        request_id: requestId,
        accepter_id: acceptance.accepterId,
        accepter_number: acceptance.accepterNumber,
        qty: acceptance.qty,
        items: acceptance.items,
        accepted_at: new Date(acceptance.acceptedAt).toISOString(),
      }),
      RequestCompleted: 'ignored',
      AcceptanceWithdrawn: ({ acceptance }) => [{ id: acceptance.acceptanceId, deleted: true }],
      RequestCancelled: 'ignored',
    }),
  ],
});
