import { ApiProperty } from '@nestjs/swagger';
import { WholeListAnswer } from '../edge/paging/paging.dto.ts';

export class SessionAnswer {
  @ApiProperty({ example: '0f8b1c2d3e4f5a6b7c8d9e0f1a2b3c4d' })
  id!: string;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Time of the last refresh; null if never refreshed' })
  refreshedAt!: string | null;

  @ApiProperty({ description: 'Time at which the session expires unless it is refreshed' })
  expiresAt!: string;

  @ApiProperty({ description: 'Whether this is the current session' })
  current!: boolean;
}

export class SessionsAnswer extends WholeListAnswer {
  @ApiProperty({ type: [SessionAnswer], description: 'Newest first; at most 100' })
  sessions!: SessionAnswer[];
}
