import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProjectionRunAnswer, projectionRunAnswer } from '#answers';
import { Roles } from '#http/guard';
import { answering, UseCases, type UseCaseContext } from '#use-cases';
import { Context } from '../edge/use-case-context.ts';
import { TakesKey } from '../edge/writes.ts';
import { CancelProjectionRun } from './cancel-projection-run.ts';
import { ParkedActionAnswer } from './projections.dto.ts';
import { RequestParkedAction } from './request-parked-action.ts';
import { RequestProjectionRun } from './request-projection-run.ts';

const staffOnly = ['TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN'] as const;

@ApiTags('operations')
@Controller('admin/projections/:name')
export class ProjectionsController {
  constructor(private readonly useCases: UseCases) {}

  @Post('rebuild')
  @HttpCode(202)
  @Roles('staff')
  @ApiOperation({
    summary: 'Rebuild a projection',
    description:
      'A projector builds a new table from the events beside the live one, and then switches to it; ' +
      '`GET /admin/projections` shows the progress. If a rebuild of the projection is requested or running already, ' +
      'it is the answer. Rebuilds and verifications are performed one at a time. Staff only.',
  })
  @ApiAcceptedResponse({ type: ProjectionRunAnswer })
  @TakesKey('PROJECTION_NOT_FOUND', ...staffOnly)
  rebuildProjection(@Param('name') name: string, @Context() { userId }: UseCaseContext) {
    return answering(this.useCases.execute(new RequestProjectionRun(name, 'rebuild', userId)), projectionRunAnswer);
  }

  @Post('verify')
  @HttpCode(202)
  @Roles('staff')
  @ApiOperation({
    summary: 'Verify a projection',
    description:
      'A projector replays the events and compares the result with the live table row by row, and with its copy in ' +
      'Redis if it has one; `GET /admin/projections` shows the progress and the result. If a verification of the ' +
      'projection is requested or running already, it is the answer. Staff only.',
  })
  @ApiAcceptedResponse({ type: ProjectionRunAnswer })
  @TakesKey('PROJECTION_NOT_FOUND', ...staffOnly)
  verifyProjection(@Param('name') name: string, @Context() { userId }: UseCaseContext) {
    return answering(this.useCases.execute(new RequestProjectionRun(name, 'verify', userId)), projectionRunAnswer);
  }

  @Post('runs/:id/cancel')
  @HttpCode(200)
  @Roles('staff')
  @ApiOperation({
    summary: 'Cancel a rebuild or a verification',
    description:
      'Ends one that is requested or running; the projector stops it within seconds. What a rebuild has replayed so far ' +
      'is kept, and the next rebuild continues there; the live table stays. One that is done before the projector ' +
      'notices is `done` nevertheless. Staff only.',
  })
  @ApiOkResponse({ type: ProjectionRunAnswer })
  @TakesKey('RUN_NOT_FOUND', 'RUN_ENDED', ...staffOnly)
  cancelProjectionRun(@Param('name') name: string, @Param('id') id: string) {
    return answering(this.useCases.execute(new CancelProjectionRun(name, id)), projectionRunAnswer);
  }

  @Post('parked/:stream/retry')
  @HttpCode(202)
  @Roles('staff')
  @ApiOperation({
    summary: 'Retry a parked stream',
    description:
      'The projector tries to apply the failed event again. If it succeeds, the rows are as if the event had not ' +
      'failed. Staff only.',
  })
  @ApiAcceptedResponse({ type: ParkedActionAnswer })
  @TakesKey('STREAM_NOT_PARKED', ...staffOnly)
  retryParkedStream(@Param('name') projection: string, @Param('stream') stream: string) {
    return this.useCases.execute(new RequestParkedAction({ projection, stream, action: 'retry' }));
  }

  @Post('parked/:stream/skip')
  @HttpCode(202)
  @Roles('staff')
  @ApiOperation({
    summary: 'Skip the failed event of a parked stream',
    description:
      'The projector continues after the failed event. A verification reports the difference from then on. Staff ' +
      'only.',
  })
  @ApiAcceptedResponse({ type: ParkedActionAnswer })
  @TakesKey('STREAM_NOT_PARKED', ...staffOnly)
  skipParkedStream(@Param('name') projection: string, @Param('stream') stream: string) {
    return this.useCases.execute(new RequestParkedAction({ projection, stream, action: 'skip' }));
  }
}
