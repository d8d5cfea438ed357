import { conditions, unitsMax, type Condition } from '#domain';
import { Id, Integer, Metadata, OneOf, Reference, Text, Time } from '#http';

const inventoryIdMax = 999_999_999;
const holdIdMax = 255;
const noteMax = 500;

export class LendUnitsDto {
  @Id({ optional: true, description: 'Id or number of the borrower; by default the caller', example: 1 })
  user_id?: string;

  @Id({ optional: true, description: 'Id or number of the item; required without `hold_id`', example: 5 })
  item_id?: string;

  @Integer({ optional: true, min: 1, max: unitsMax, description: 'Required without `hold_id`', example: 10 })
  qty?: number;

  @Integer({ optional: true, min: 1, max: inventoryIdMax, description: 'Required without `hold_id`', example: 2 })
  from_inventory_id?: number;

  @Text({
    optional: true,
    max: holdIdMax,
    description:
      'An open hold: its units are lent to the user who holds them, with its reference and metadata, and it ends in the ' +
      'same moment',
  })
  hold_id?: string;

  @Time({
    optional: true,
    nullable: true,
    description: 'When the units are due back, null for never; by default what the inventory says',
    example: '2027-02-01T18:00:00Z',
  })
  due_at?: Date | null;

  @Reference()
  reference?: string;

  @Metadata()
  metadata?: Record<string, string>;
}

export class ReturnLendDto {
  @Integer({ optional: true, min: 1, max: unitsMax, description: 'Units that are back; by default all' })
  qty?: number;

  @OneOf({
    choices: conditions,
    default: 'ok',
    description: 'Damaged and lost units leave the stock',
  })
  condition!: Condition;

  @Text({
    optional: true,
    max: noteMax,
    description: 'It is stored permanently; do not include personal data',
  })
  note?: string;
}

export class RenewLendDto {
  @Time({
    optional: true,
    description: 'When the units are due back; by default as long from now as the inventory lends',
    example: '2027-02-08T18:00:00Z',
  })
  due_at?: Date;
}
