import { ApiProperty } from '@nestjs/swagger';
import type { InventoryId, Labels, LendFacts, Metadata } from '#domain';
import { ShownMetadata, ShownReference } from './labels.ts';

export class LendAnswer {
  @ApiProperty({ example: 123 })
  lend_id!: number;

  @ApiProperty({
    type: Number,
    description: 'Number of the borrower; null for one who was erased',
    example: 1,
    nullable: true,
  })
  user_id!: number | null;

  @ApiProperty({ type: Number, description: 'Number of the item', example: 5, nullable: true })
  item_id!: number | null;

  @ApiProperty({ description: 'Units lent', example: 10 })
  qty!: number;

  @ApiProperty({ example: 2 })
  from_inventory_id!: number;

  @ApiProperty({ example: '2025-12-05T08:30:00.000Z' })
  lend_at!: string;

  @ApiProperty({
    type: String,
    description: 'Time at which the last unit came back; null until then',
    example: null,
    nullable: true,
  })
  returned_at!: string | null;

  @ApiProperty({
    type: String,
    description: 'Null for a lend without a due time',
    example: '2025-12-12T08:30:00.000Z',
    nullable: true,
  })
  due_at!: string | null;

  @ApiProperty({ description: 'Whether units are still out at or after the due time', example: false })
  overdue!: boolean;

  @ApiProperty({ description: 'Units that are back, in whatever condition, or lost', example: 0 })
  returned_qty!: number;

  @ApiProperty({ description: 'How many times the lend was renewed', example: 0 })
  renewals!: number;

  @ShownReference()
  reference?: string;

  @ShownMetadata()
  metadata?: Metadata;
}

/** What both APIs know of a lend. Times in milliseconds since 1970. */
export interface ShownLend extends Omit<LendFacts, 'borrowerId' | 'overdue' | 'labels'> {
  readonly labels?: Labels | undefined;
  readonly inventoryId: InventoryId;
  /** When the last unit came back; null until then. */
  readonly returnedAt: number | null;
}

/** The numbers of the people and things of a lend, which events do not contain; undefined if there is none. */
export interface LendNumbers {
  readonly borrower: number | undefined;
  readonly item: number | undefined;
}

/** A lend is overdue by the clock, whether or not that has been recorded. */
export function lendAnswer(lend: ShownLend, numbers: LendNumbers, now: number): LendAnswer {
  const { lendId, inventoryId, quantity, returnedQuantity, lentAt, dueAt, returnedAt, renewals } = lend;
  return {
    lend_id: lendId,
    user_id: numbers.borrower ?? null,
    item_id: numbers.item ?? null,
    qty: quantity,
    from_inventory_id: inventoryId,
    lend_at: new Date(lentAt).toISOString(),
    returned_at: returnedAt === null ? null : new Date(returnedAt).toISOString(),
    due_at: dueAt === null ? null : new Date(dueAt).toISOString(),
    overdue: returnedAt === null && dueAt !== null && dueAt <= now,
    returned_qty: returnedQuantity,
    renewals,
    ...lend.labels,
  };
}
