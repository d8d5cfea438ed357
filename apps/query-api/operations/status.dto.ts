import { ApiProperty } from '@nestjs/swagger';

export class CheckAnswer {
  @ApiProperty({ example: 'postgres' })
  name!: string;

  @ApiProperty({ description: 'Whether the service cannot do without it' })
  essential!: boolean;

  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ type: String, description: 'Why the check failed', nullable: true })
  error!: string | null;
}

export class ServiceAnswer {
  @ApiProperty({ enum: ['command-api', 'query-api', 'projector'] })
  service!: string;

  @ApiProperty({ description: 'Host and number of the process', example: 'a1b2c3d4-7' })
  instance!: string;

  @ApiProperty({ example: '0.1.0' })
  version!: string;

  @ApiProperty({ enum: ['starting', 'migrating', 'ready', 'stopping'] })
  phase!: string;

  @ApiProperty()
  startedAt!: string;

  @ApiProperty({ description: 'Time of its last report' })
  saidAt!: string;

  @ApiProperty({ description: 'Whether the last report is at most 15 seconds old' })
  isReporting!: boolean;

  @ApiProperty({ type: [CheckAnswer] })
  checks!: readonly CheckAnswer[];
}

export class ExpiryAnswer {
  @ApiProperty({
    description: 'Number of open holds past their expiry by more than a second, at most 10,000',
    example: 0,
  })
  holds!: number;

  @ApiProperty({
    type: Number,
    format: 'double',
    description: 'Seconds since the first of them should have expired; 0 if there is none',
    example: 0,
  })
  oldestSeconds!: number;
}

export class StatusAnswer {
  @ApiProperty({
    type: [ServiceAnswer],
    description: 'Processes that reported within the last hour and were not stopped',
  })
  services!: readonly ServiceAnswer[];

  @ApiProperty({ type: ExpiryAnswer })
  expiry!: ExpiryAnswer;
}
