import { ApiProperty } from '@nestjs/swagger';
import { DeliveryAnswer, WebhookAnswer } from '#answers';
import { OneOf, QueryInteger, Text } from '#http';
import { deliveryStatuses, type DeliveryStatus } from '#webhooks';
import { WholeListAnswer } from '../edge/paging/paging.dto.ts';

const cursorMax = 300;

export class WebhooksAnswer extends WholeListAnswer {
  @ApiProperty({ type: [WebhookAnswer], description: 'At most 100, oldest first' })
  webhooks!: WebhookAnswer[];
}

/** Not counted, and so without page numbers: there may be millions. */
export class DeliveriesDto {
  @OneOf({ optional: true, choices: deliveryStatuses })
  status?: DeliveryStatus;

  @QueryInteger({ default: 20, min: 1, max: 100 })
  limit!: number;

  @Text({ optional: true, max: cursorMax, description: 'The `nextCursor` of the previous page' })
  cursor?: string;
}

export class DeliveriesAnswer {
  @ApiProperty({ type: [DeliveryAnswer], description: 'Newest first' })
  deliveries!: DeliveryAnswer[];

  @ApiProperty({
    type: String,
    description: 'Send it as `cursor` to get the next page; null on the last page',
    nullable: true,
  })
  nextCursor!: string | null;
}
