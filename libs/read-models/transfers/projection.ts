import { transferAggregate, type TransferEvent } from '#domain';
import { defineProjection, eventsOf, type Row, type Seen } from '#projections';

/** Every transfer as it is now. */
export const transfersProjection = defineProjection({
  name: 'transfers',
  schema: 1,
  table: {
    key: { transfer_id: 'bigint' },
    columns: {
      item_number: 'bigint',
      quantity: 'bigint',
      from_inventory_id: 'bigint',
      to_inventory_id: 'bigint',
      status: 'text collate "C"',
      requested_at: 'timestamptz',
      /** When it was completed or rejected; null while it is pending. */
      ended_at: 'timestamptz',
    },
    indexes: [
      // Serve the transfers from and to an inventory, the newest first.
      '(from_inventory_id, transfer_id)',
      '(to_inventory_id, transfer_id)',
      // Serves the process that finishes transfers: there are few of these at any time.
      "(requested_at, transfer_id) where status = 'pending'",
    ],
  },
  from: [
    eventsOf(transferAggregate, {
      TransferRequested: transferRow,
      TransferCompleted: transferRow,
      TransferRejected: transferRow,
    }),
  ],
});

function transferRow(event: Seen<TransferEvent>): Row {
  const { transferId, itemNumber, quantity, fromInventoryId, toInventoryId, status, requestedAt, endedAt } = event;
  return {
    transfer_id: transferId,
    item_number: itemNumber,
    quantity,
    from_inventory_id: fromInventoryId,
    to_inventory_id: toInventoryId,
    status,
    requested_at: timeOf(requestedAt),
    ended_at: endedAt === null ? null : timeOf(endedAt),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
