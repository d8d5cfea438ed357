import { ApiProperty } from '@nestjs/swagger';
import { ListDto, PageAnswer } from '../edge/paging/paging.dto.ts';

export class ProductHistoryDto extends ListDto {}

export class ProductChangeAnswer {
  @ApiProperty({ description: 'Revision of the event', example: 0 })
  revision!: number;

  @ApiProperty({
    enum: ['ItemCreated', 'ItemChanged', 'ItemDiscontinued', 'ItemReinstated'],
    description: 'Type of the event',
  })
  type!: string;

  @ApiProperty()
  at!: string;

  @ApiProperty({ type: String, description: 'Id of the user who caused it', nullable: true })
  actor!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'New values of the fields that changed; all fields when the product was created',
    example: { price: 1299 },
  })
  changes!: object;
}

export class ProductHistoryAnswer extends PageAnswer {
  @ApiProperty({ example: 'prod_001' })
  productId!: string;

  @ApiProperty({ type: [ProductChangeAnswer], description: 'In the order of occurrence' })
  history!: ProductChangeAnswer[];
}
