import { ApiProperty } from '@nestjs/swagger';
import { Id, OneOf, QueryChoices, Text, Time } from '#http';
import { storedEventTypes, subjectKinds, type JournalEvent, type SubjectKind } from '#read-models';
import { CountedPageAnswer, ListDto } from '../edge/paging/paging.dto.ts';

const streamMax = 150;
const correlationMax = 64;
const enumName = 'StoredEventType';

export class EventsDto extends ListDto {
  @Text({ optional: true, max: streamMax, description: 'Name of a stream', example: 'stock-item:prod_001:1' })
  stream?: string;

  @Id({
    optional: true,
    description: 'Id of an item, slot, order, inventory, request, transfer or category, or number of an item or order',
    example: 'prod_001',
  })
  subject?: string;

  @OneOf({ optional: true, choices: subjectKinds, description: 'What the events are about' })
  subjectKind?: SubjectKind;

  @QueryChoices({
    optional: true,
    choices: storedEventTypes,
    enumName,
    description: 'Any of these types, separated by commas',
    example: ['UnitsPurchased'],
  })
  type?: readonly string[];

  @Id({ optional: true, description: 'Id or number of the user who asked', example: 'user_a1b2c3d4e5f6a7b8' })
  user?: string;

  @Text({
    optional: true,
    max: correlationMax,
    description: 'Correlation id: the X-Request-Id of the answer to the request that caused the events',
  })
  correlationId?: string;

  @Time({ optional: true, description: 'Recorded at this time or later', example: '2025-12-01T00:00:00Z' })
  from?: Date;

  @Time({ optional: true, description: 'Recorded before this time', example: '2025-12-02T00:00:00Z' })
  to?: Date;
}

export class EventAnswer {
  @ApiProperty({ example: '0b0d5f2e-8c1a-8f3e-9d47-5b6c7d8e9f00' })
  eventId!: string;

  @ApiProperty({ example: 'stock-item:prod_001:1' })
  stream!: string;

  @ApiProperty({ description: 'Number of the event in its stream, from 0', example: 4 })
  revision!: number;

  @ApiProperty({ enum: storedEventTypes })
  type!: string;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Version of the type in which the event was written',
    example: 1,
  })
  schemaVersion!: number | null;

  @ApiProperty({ enum: subjectKinds, type: String, nullable: true, description: 'What the stream is about' })
  subjectKind!: SubjectKind | null;

  @ApiProperty({ type: String, nullable: true, example: 'prod_001' })
  subjectId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The user who asked; null for what nobody asked for, such as an expiry',
  })
  userId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The API key with which the user asked' })
  apiKeyId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The same for all that one request caused, in any stream: its X-Request-Id',
  })
  correlationId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Id of the command that recorded the event' })
  causationId!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recordedAt!: string | null;

  @ApiProperty({ description: 'Where the event is in the order of all events', example: 'a1b2@00000000000000000042' })
  position!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The event as it is stored, in the version in which it was written',
    example: { purchaseId: 'pur_1', customerId: 'user_1', quantity: 1 },
  })
  body!: Readonly<Record<string, unknown>> | null;
}

export class EventsAnswer extends CountedPageAnswer {
  @ApiProperty({ type: [EventAnswer], description: 'Newest first' })
  events!: EventAnswer[];
}

export function eventAnswer({ at, place: _place, ...event }: JournalEvent): EventAnswer {
  return { ...event, recordedAt: at?.toISOString() ?? null };
}
