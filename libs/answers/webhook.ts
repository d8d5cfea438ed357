import { ApiProperty } from '@nestjs/swagger';
import { deliveryStatuses, disabledReasons, type Delivery, type Webhook } from '#webhooks';

export class WebhookAnswer {
  @ApiProperty({ example: 'hook_3f2a9c4b5d6e7f80' })
  id!: string;

  @ApiProperty({ example: 'https://example.com/hooks/holdfast' })
  url!: string;

  @ApiProperty({
    type: [String],
    description: 'Types of events, or `*` for all',
    example: ['stock.low', 'hold.expired'],
  })
  events!: readonly string[];

  @ApiProperty({ example: 'Stock alerts' })
  description!: string;

  @ApiProperty({ enum: ['enabled', 'disabled'] })
  status!: 'enabled' | 'disabled';

  @ApiProperty({
    enum: disabledReasons,
    type: String,
    nullable: true,
    description:
      '`staff`: with PATCH; `gone`: the receiver answered 410; `failing`: no success for 5 days; null while enabled',
  })
  disabledBecause!: string | null;

  @ApiProperty({ type: String, nullable: true })
  disabledAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Time of the first failure since the last success; null while deliveries succeed',
  })
  failingSince!: string | null;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty()
  updatedAt!: string;
}

export function webhookAnswer(webhook: Webhook): WebhookAnswer {
  const { id, url, events, description, disabledBecause, disabledAt, failingSince, createdAt, updatedAt } = webhook;
  return {
    id,
    url,
    events,
    description,
    status: disabledAt === null ? 'enabled' : 'disabled',
    disabledBecause,
    disabledAt: disabledAt?.toISOString() ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export class DeliveryAttemptAnswer {
  @ApiProperty()
  at!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Status of the answer; null without one', example: 503 })
  status!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why there was no answer', example: null })
  error!: string | null;

  @ApiProperty({ description: 'Duration in milliseconds', example: 12 })
  ms!: number;
}

export class DeliveryAnswer {
  @ApiProperty({ description: 'Id of the event; the `webhook-id` of every attempt' })
  id!: string;

  @ApiProperty({ example: 'stock.low' })
  type!: string;

  @ApiProperty({ description: 'Id of what the event is about; deliveries of one subject are made in order' })
  subject!: string;

  @ApiProperty({ enum: deliveryStatuses })
  status!: string;

  @ApiProperty({ type: [DeliveryAttemptAnswer], description: 'The latest attempts, at most 20, oldest first' })
  attempts!: readonly DeliveryAttemptAnswer[];

  @ApiProperty({ description: 'When the event was recorded' })
  createdAt!: string;
}

export function deliveryAnswer({ eventId, createdAt, ...delivery }: Delivery): DeliveryAnswer {
  const { type, subject, status, attempts } = delivery;
  return { id: eventId, type, subject, status, attempts, createdAt: createdAt.toISOString() };
}
