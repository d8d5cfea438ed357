import { unitsMax } from '#domain';
import { Id, Integer } from '#http';

export class ProvideUnitsDto {
  @Id({
    optional: true,
    description: 'Id or number of the user who provides the units; by default the caller',
    example: 2,
  })
  user_id?: string;

  @Id({ description: 'Id or number of the item', example: 8 })
  item_id!: string;

  @Integer({ min: 1, max: unitsMax, description: 'Units provided', example: 50 })
  qty!: number;

  @Id({
    optional: true,
    nullable: true,
    description: 'Number of the inventory; without it, the answer is 400',
    example: 1,
  })
  inventory_id?: string | null;
}
