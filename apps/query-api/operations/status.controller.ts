import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NoQuery, Rejects } from '#http';
import { Roles } from '#http/guard';
import { UseCases } from '#use-cases/bus';
import { GetStatus } from './get-status.ts';
import { StatusAnswer } from './status.dto.ts';

@ApiTags('operations')
@Controller('admin/status')
export class StatusController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @Roles('staff')
  @ApiOperation({
    summary: 'Get the health of every process, and how late holds expire',
    description: 'Each process of command-api, query-api and projector reports every five seconds. Staff only.',
  })
  @ApiOkResponse({ type: StatusAnswer })
  @Rejects('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async getStatus(@Query() _none: NoQuery): Promise<StatusAnswer> {
    const { services, expiry } = await this.useCases.ask(new GetStatus());
    return {
      services: services.map(({ startedAt, saidAt, ...service }) => ({
        ...service,
        startedAt: startedAt.toISOString(),
        saidAt: saidAt.toISOString(),
      })),
      expiry,
    };
  }
}
