import { ApiProperty } from '@nestjs/swagger';
import { transferStatuses, type TransferFacts, type TransferStatus } from '#domain';

export class TransferAnswer {
  @ApiProperty({ example: 31 })
  transfer_id!: number;

  @ApiProperty({ description: 'Number of the item', example: 5 })
  item_id!: number;

  @ApiProperty({ example: 10 })
  qty!: number;

  @ApiProperty({ example: 2 })
  from_inventory_id!: number;

  @ApiProperty({ example: 3 })
  to_inventory_id!: number;

  @ApiProperty({
    enum: transferStatuses,
    description: '`pending` until the units have arrived: then `completed`; or `rejected`, with nothing moved',
    example: 'completed',
  })
  status!: TransferStatus;

  @ApiProperty()
  requested_at!: string;

  @ApiProperty({ type: String, description: 'null unless it is completed', nullable: true })
  completed_at!: string | null;
}

/** What both APIs know of a transfer. */
export type ShownTransfer = Omit<TransferFacts, 'itemId'>;

export function transferAnswer(transfer: ShownTransfer): TransferAnswer {
  const { transferId, itemNumber, quantity, fromInventoryId, toInventoryId, status, requestedAt, endedAt } = transfer;
  return {
    transfer_id: transferId,
    item_id: itemNumber,
    qty: quantity,
    from_inventory_id: fromInventoryId,
    to_inventory_id: toInventoryId,
    status,
    requested_at: new Date(requestedAt).toISOString(),
    completed_at: status === 'completed' && endedAt !== null ? new Date(endedAt).toISOString() : null,
  };
}
