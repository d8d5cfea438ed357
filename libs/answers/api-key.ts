import { ApiProperty } from '@nestjs/swagger';
import { apiKeyRoles, type ApiKey, type ApiKeyRole } from '#people';

/** An API key, without the key itself. */
export class ApiKeyAnswer {
  @ApiProperty({ example: 'key_3f2a9c4b5d6e7f80' })
  id!: string;

  @ApiProperty({ example: 'Shop backend' })
  name!: string;

  @ApiProperty({ enum: apiKeyRoles })
  roles!: ApiKeyRole;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The user of its own that the key acts as; null for `service`',
    example: null,
  })
  userId!: string | null;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'null if the key does not expire' })
  expiresAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'To the minute; null if the key was never used' })
  lastUsedAt!: string | null;
}

export function apiKeyAnswer({ id, name, role, userId, createdAt, expiresAt, lastUsedAt }: ApiKey): ApiKeyAnswer {
  return {
    id,
    name,
    roles: role,
    userId,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
