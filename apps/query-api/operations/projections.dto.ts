import { ApiProperty } from '@nestjs/swagger';

export class ProjectionAnswer {
  @ApiProperty({ example: 'availability' })
  name!: string;

  @ApiProperty({ example: 1 })
  schema!: number;

  @ApiProperty({ enum: ['PostgreSQL', 'Redis'] })
  store!: string;

  @ApiProperty({ type: Number, description: 'Of the table; null for the copy in Redis', nullable: true })
  generation!: number | null;

  @ApiProperty({ enum: ['building', 'live'] })
  state!: string;

  @ApiProperty({ type: String, description: 'The last event that is covered', nullable: true })
  position!: string | null;

  @ApiProperty({ type: Number, description: 'Events that are not covered', example: 0, nullable: true })
  lagEvents!: number | null;

  @ApiProperty({ type: Boolean, description: 'False where there are so many at least', nullable: true })
  lagIsExact!: boolean | null;

  @ApiProperty({ type: Number, description: 'Age of the oldest of them', example: 0, nullable: true })
  lagSeconds!: number | null;

  @ApiProperty({ type: Number, example: 0, nullable: true })
  eventsPerSecond!: number | null;

  @ApiProperty({ description: 'How many streams wait for a mend', example: 0 })
  parkedStreams!: number;

  @ApiProperty({ type: String, description: 'Why it does not go on', nullable: true })
  error!: string | null;

  @ApiProperty({
    type: String,
    description: 'When its projector last said so; much over a second ago, there is none',
    nullable: true,
  })
  saidAt!: string | null;
}

export class ParkedStreamAnswer {
  @ApiProperty({ example: 'holds' })
  projection!: string;

  @ApiProperty({ example: 'stock-item:prod_001:1' })
  stream!: string;

  @ApiProperty({ description: 'Of the event that could not be taken; it and the later ones wait' })
  revision!: number;

  @ApiProperty()
  error!: string;

  @ApiProperty({ description: 'How often it was tried' })
  attempts!: number;

  @ApiProperty({ enum: ['retry', 'skip'], type: String, description: 'What was asked for', nullable: true })
  action!: string | null;
}

export class ProjectionsAnswer {
  @ApiProperty({ type: [ProjectionAnswer] })
  projections!: ProjectionAnswer[];

  @ApiProperty({ type: [ParkedStreamAnswer] })
  parked!: readonly ParkedStreamAnswer[];
}
