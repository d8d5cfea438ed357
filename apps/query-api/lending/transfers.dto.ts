import { ApiProperty } from '@nestjs/swagger';
import { TransferAnswer } from '#answers';
import { PageAnswer } from '../edge/paging/paging.dto.ts';

export class TransfersAnswer extends PageAnswer {
  @ApiProperty({ type: [TransferAnswer], description: 'Newest first' })
  transfers!: TransferAnswer[];
}
