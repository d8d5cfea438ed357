import { ApiProperty } from '@nestjs/swagger';

export class SessionAnswer {
  @ApiProperty({ example: '0f8b1c2d3e4f5a6b7c8d9e0f1a2b3c4d' })
  id!: string;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null when it was never refreshed' })
  refreshedAt!: string | null;

  @ApiProperty({ description: 'When it ends unless it is refreshed' })
  expiresAt!: string;

  @ApiProperty({ description: 'Whether it is the one that asks' })
  current!: boolean;
}

export class SessionsAnswer {
  @ApiProperty({ type: [SessionAnswer], description: 'The newest first, at most 100' })
  sessions!: SessionAnswer[];
}
