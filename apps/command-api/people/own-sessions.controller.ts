import { Controller, Delete, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Rejects } from '#http';
import { LimitBySession, SkipIdempotency } from '#http/guard';
import { UseCases } from '#use-cases';
import { FromCaller } from '../edge/people-context.ts';
import type { CallerContext } from './contexts.ts';
import { EndOtherSessions } from './end-other-sessions.ts';
import { EndSession } from './end-session.ts';
import { SessionsEndedAnswer } from './session.dto.ts';

@ApiTags('auth')
@ApiBearerAuth()
@Controller('auth/sessions')
export class OwnSessionsController {
  constructor(private readonly useCases: UseCases) {}

  @Delete()
  @LimitBySession()
  @SkipIdempotency()
  @ApiOperation({
    summary: 'End the other sessions',
    description: 'Ends all sessions of the caller but the one that asks, as after the loss of a device.',
  })
  @ApiOkResponse({ type: SessionsEndedAnswer })
  @Rejects('TOKEN_MISSING', 'TOKEN_INVALID')
  endOtherSessions(@FromCaller() context: CallerContext) {
    return this.useCases.execute(new EndOtherSessions(context));
  }

  @Delete(':id')
  @LimitBySession()
  @SkipIdempotency()
  @ApiOperation({
    summary: 'End a session',
    description: 'Ends one session of the caller: from now on, no process accepts its tokens.',
  })
  @ApiOkResponse({ type: SessionsEndedAnswer })
  @Rejects('TOKEN_MISSING', 'TOKEN_INVALID', 'SESSION_NOT_FOUND')
  endSession(@Param('id') id: string, @FromCaller() context: CallerContext) {
    return this.useCases.execute(new EndSession(context, id));
  }
}
