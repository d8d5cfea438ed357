import { ApiProperty } from '@nestjs/swagger';
import { WebhookAnswer } from '#answers';
import { publicEventTypes } from '#feeds';
import { Choices, Integer, OneOf, Text } from '#http';
import { anyType, receiverUrlMax } from '#webhooks';

const descriptionMax = 500;
const overlapSecondsMax = 604_800;
const overlapSecondsDefault = 86_400;

const ofUrl = 'An https URL, without user name or fragment; redirects are not followed';
const ofEvents = 'Types of events, or `*` for all of them, also those of later releases';
const choices = [...publicEventTypes, anyType];

/** What is posted to the URL of a webhook. */
export class WebhookEvent {
  @ApiProperty({ enum: publicEventTypes })
  type!: string;

  @ApiProperty({ description: 'Version of the shape of `data`', example: 1 })
  version!: number;

  @ApiProperty({ format: 'date-time', description: 'When the event was recorded' })
  timestamp!: string;

  @ApiProperty({
    type: 'object',
    properties: { id: { type: 'string' } },
    required: ['id'],
    additionalProperties: true,
    description: 'What happened, by type; `id` is that of its subject',
  })
  data!: { readonly id: string };
}

export class CreateWebhookDto {
  @Text({ max: receiverUrlMax, description: ofUrl, example: 'https://example.com/hooks/holdfast' })
  url!: string;

  @Choices({ choices, description: ofEvents, example: ['stock.low', 'hold.expired'] })
  events!: string[];

  @Text({ default: '', min: 0, max: descriptionMax, example: 'Stock alerts' })
  description!: string;
}

export class ChangeWebhookDto {
  @Text({ optional: true, max: receiverUrlMax, description: ofUrl })
  url?: string;

  @Choices({ optional: true, choices, description: ofEvents })
  events?: string[];

  @Text({ optional: true, min: 0, max: descriptionMax })
  description?: string;

  @OneOf({
    optional: true,
    choices: ['enabled', 'disabled'],
    description: 'What is recorded for a disabled webhook is delivered when it is enabled again',
  })
  status?: 'enabled' | 'disabled';
}

export class RotateSecretDto {
  @Integer({
    default: overlapSecondsDefault,
    max: overlapSecondsMax,
    description: 'How long deliveries are signed with the previous secret too; 0 if it has leaked',
  })
  overlapSeconds!: number;
}

export class CreatedWebhookAnswer extends WebhookAnswer {
  @ApiProperty({
    description: 'Verifies signatures. It is shown only here',
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3rYlY9cLmS4=',
  })
  secret!: string;
}

export class SecretAnswer {
  @ApiProperty({
    description: 'The new secret. It is shown only here',
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3rYlY9cLmS4=',
  })
  secret!: string;
}

export class ReplayedAnswer {
  @ApiProperty({ description: 'Number of deliveries that are made again', example: 12 })
  replayed!: number;

  @ApiProperty({ description: 'Whether there are more failed ones: repeat the request with a new Idempotency-Key' })
  hasMore!: boolean;
}
