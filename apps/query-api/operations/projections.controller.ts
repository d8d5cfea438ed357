import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NoQuery, Rejects } from '#http';
import { Roles } from '#http/guard';
import type { ProjectionReport } from '#projections';
import { UseCases } from '#use-cases/bus';
import { ListProjections } from './list-projections.ts';
import { ProjectionAnswer, ProjectionsAnswer } from './projections.dto.ts';

@ApiTags('operations')
@Controller('admin/projections')
export class ProjectionsController {
  constructor(private readonly useCases: UseCases) {}

  @Get()
  @Roles('staff')
  @ApiOperation({
    summary: 'List the state of the projections',
    description: 'Returns the position, lag and last error of each projection, and the parked streams. Staff only.',
  })
  @ApiOkResponse({ type: ProjectionsAnswer })
  @Rejects('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  async listProjections(@Query() _none: NoQuery): Promise<ProjectionsAnswer> {
    const { reports, parked } = await this.useCases.ask(new ListProjections());
    return { projections: reports.map(answerOf), parked };
  }
}

function answerOf({ saidAt, ...report }: ProjectionReport): ProjectionAnswer {
  return { ...report, saidAt: saidAt?.toISOString() ?? null };
}
