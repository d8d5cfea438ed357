import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ApiKeyAnswer, apiKeyAnswer } from '#answers';
import { NoQuery, Rejects } from '#http';
import { Roles } from '#http/guard';
import { UseCases } from '#use-cases/bus';
import { ListApiKeys } from './list-api-keys.ts';

export class ApiKeysAnswer {
  @ApiProperty({ type: [ApiKeyAnswer], description: 'At most 200, newest first' })
  apiKeys!: ApiKeyAnswer[];
}

@ApiTags('auth')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @Roles('staff')
  @ApiOperation({
    summary: 'List API keys',
    description: 'The keys themselves are not shown. Expired ones are listed for 30 days. Staff only.',
  })
  @ApiOkResponse({ type: ApiKeysAnswer })
  @Rejects('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async listApiKeys(@Query() _none: NoQuery): Promise<ApiKeysAnswer> {
    return { apiKeys: (await this.useCases.ask(new ListApiKeys())).map(apiKeyAnswer) };
  }
}
