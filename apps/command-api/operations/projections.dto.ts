import { ApiProperty } from '@nestjs/swagger';

export class ParkedActionAnswer {
  @ApiProperty({ example: 'holds' })
  projection!: string;

  @ApiProperty({ example: 'stock-item:prod_001:1' })
  stream!: string;

  @ApiProperty({ enum: ['retry', 'skip'] })
  action!: string;
}
