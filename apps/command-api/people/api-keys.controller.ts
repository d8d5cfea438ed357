import { Body, Controller, Delete, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyAnswer, apiKeyAnswer } from '#answers';
import { Rejects } from '#http';
import { Roles, SkipIdempotency } from '#http/guard';
import { answering, UseCases } from '#use-cases';
import { FromCaller } from '../edge/people-context.ts';
import { TakesKey } from '../edge/writes.ts';
import { CreateApiKeyDto, CreatedApiKeyAnswer } from './api-keys.dto.ts';
import type { CallerContext } from './contexts.ts';
import { CreateApiKey } from './create-api-key.ts';
import { RevokeApiKey } from './revoke-api-key.ts';

const staffOnly = ['TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN'] as const;

@ApiTags('auth')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Roles('staff')
  @SkipIdempotency()
  @ApiOperation({
    summary: 'Create an API key',
    description:
      'A key is a bearer token for a server; it is shown only in this answer and stored as a hash. An Idempotency-Key ' +
      'is ignored: if the answer is lost, create another key and delete the first. Staff only.',
  })
  @ApiCreatedResponse({ type: CreatedApiKeyAnswer })
  @Rejects('VALIDATION_FAILED', 'TOO_MANY_API_KEYS', ...staffOnly)
  createApiKey(@Body() { name, roles: role, expiresAt }: CreateApiKeyDto, @FromCaller() context: CallerContext) {
    const created = this.useCases.execute(new CreateApiKey(context, { name, role, expiresAt }));
    return answering(created, (apiKey): CreatedApiKeyAnswer =>
      Object.assign(apiKeyAnswer(apiKey), { key: apiKey.key }),
    );
  }

  @Delete(':id')
  @Roles('staff')
  @ApiOperation({ summary: 'Revoke an API key; it is worth nothing from here on', description: 'Staff only.' })
  @ApiOkResponse({ type: ApiKeyAnswer })
  @TakesKey('API_KEY_NOT_FOUND', ...staffOnly)
  revokeApiKey(@Param('id') id: string, @FromCaller() context: CallerContext) {
    return answering(this.useCases.execute(new RevokeApiKey(context, id)), apiKeyAnswer);
  }
}
