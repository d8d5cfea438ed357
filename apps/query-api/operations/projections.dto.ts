import { ApiProperty } from '@nestjs/swagger';
import { ProjectionRunAnswer } from '#answers';

export class ProjectionAnswer {
  @ApiProperty({ example: 'availability' })
  name!: string;

  @ApiProperty({ example: 1 })
  schema!: number;

  @ApiProperty({ enum: ['PostgreSQL', 'Redis'] })
  store!: string;

  @ApiProperty({ type: Number, description: 'Generation of the table; null in Redis', nullable: true })
  generation!: number | null;

  @ApiProperty({ enum: ['building', 'live'] })
  state!: string;

  @ApiProperty({ type: String, description: 'Position of the last event applied', nullable: true })
  position!: string | null;

  @ApiProperty({ type: Number, description: 'Events not yet applied', example: 0, nullable: true })
  lagEvents!: number | null;

  @ApiProperty({ type: Boolean, description: 'False if `lagEvents` is a lower bound', nullable: true })
  lagIsExact!: boolean | null;

  @ApiProperty({
    type: Number,
    format: 'double',
    description: 'Age in seconds of the oldest event not yet applied',
    example: 0,
    nullable: true,
  })
  lagSeconds!: number | null;

  @ApiProperty({ type: Number, format: 'double', example: 0, nullable: true })
  eventsPerSecond!: number | null;

  @ApiProperty({ description: 'Number of parked streams', example: 0 })
  parkedStreams!: number;

  @ApiProperty({ type: String, description: 'The last error; null if there is none', nullable: true })
  error!: string | null;

  @ApiProperty({
    type: String,
    description: 'Time of the last report, normally at most a second ago; older if no projector runs it',
    nullable: true,
  })
  saidAt!: string | null;

  @ApiProperty({
    type: ProjectionRunAnswer,
    description:
      'Of a live table in PostgreSQL: the rebuild or verification in progress that was requested over HTTP, or else ' +
      'the latest; otherwise null',
    nullable: true,
  })
  run!: ProjectionRunAnswer | null;
}

export class ParkedStreamAnswer {
  @ApiProperty({ example: 'holds' })
  projection!: string;

  @ApiProperty({ example: 'stock-item:prod_001:1' })
  stream!: string;

  @ApiProperty({
    description: 'Revision of the event that could not be applied; it and later events of the stream wait',
  })
  revision!: number;

  @ApiProperty()
  error!: string;

  @ApiProperty({ description: 'Number of attempts' })
  attempts!: number;

  @ApiProperty({
    enum: ['retry', 'skip'],
    type: String,
    description: 'Action that an operator requested',
    nullable: true,
  })
  action!: string | null;
}

export class ProjectionsAnswer {
  @ApiProperty({ type: [ProjectionAnswer] })
  projections!: ProjectionAnswer[];

  @ApiProperty({ type: [ParkedStreamAnswer] })
  parked!: readonly ParkedStreamAnswer[];
}
