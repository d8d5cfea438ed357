import { ApiProperty } from '@nestjs/swagger';
import { progressOf, runKinds, runStates, type ProjectionRun } from '#projections';

export class RunDifferenceAnswer {
  @ApiProperty({ enum: ['PostgreSQL', 'Redis'] })
  where!: string;

  @ApiProperty({ description: 'Key of the row', example: 'item:prod_001:1' })
  key!: string;

  @ApiProperty({
    type: String,
    description: 'The row according to the events, as JSON, of at most 2,000 characters; null if there should be none',
    nullable: true,
  })
  expected!: string | null;

  @ApiProperty({ type: String, description: 'The row that was found; null if there is none', nullable: true })
  found!: string | null;
}

export class ProjectionRunAnswer {
  @ApiProperty({ example: 7 })
  id!: number;

  @ApiProperty({ example: 'availability' })
  projection!: string;

  @ApiProperty({ enum: runKinds })
  kind!: string;

  @ApiProperty({
    enum: runStates,
    description: '`requested`: it waits for a projector, or to be continued after one stopped',
  })
  state!: string;

  @ApiProperty({ description: 'Id of the user who requested it' })
  requestedBy!: string;

  @ApiProperty()
  requestedAt!: string;

  @ApiProperty({ type: String, nullable: true })
  startedAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  endedAt!: string | null;

  @ApiProperty({ description: 'Number of events replayed', example: 12000 })
  events!: number;

  @ApiProperty({
    type: Number,
    format: 'double',
    description: 'From 0 to 1, an estimate; 1 also while indexes are created and rows are compared',
    example: 0.4,
  })
  progress!: number;

  @ApiProperty({ type: Number, description: 'Generation of the table that a rebuild builds', nullable: true })
  generation!: number | null;

  @ApiProperty({
    type: Number,
    description: 'Number of rows according to the events; null for a rebuild',
    nullable: true,
  })
  rows!: number | null;

  @ApiProperty({ type: Number, description: 'Number of differences found, at most 1,000', nullable: true })
  differences!: number | null;

  @ApiProperty({ type: [RunDifferenceAnswer], description: 'The first 20 of them' })
  differencesShown!: readonly RunDifferenceAnswer[];

  @ApiProperty({
    type: String,
    description: 'Why it failed; while `requested`, why it could not be continued',
    nullable: true,
  })
  error!: string | null;
}

export function projectionRunAnswer(run: ProjectionRun): ProjectionRunAnswer {
  const { id, projection, kind, state, requestedBy, requestedAt, startedAt, endedAt } = run;
  const { events, generation, rows, differences, differencesShown, error } = run;
  return {
    id,
    projection,
    kind,
    state,
    requestedBy,
    requestedAt: requestedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    events,
    progress: progressOf(run),
    generation,
    rows,
    differences,
    differencesShown,
    error,
  };
}
