import { Controller, Delete, Ip, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SecurityLog, UserSessions, type Caller } from '#auth';
import { AlwaysHeard, CurrentCaller } from '#auth/guard';
import { problem, Refuses } from '#http';
import { SessionsEndedAnswer } from './session.dto.ts';

type Ended = Awaited<ReturnType<UserSessions['endAll']>>;

@ApiTags('auth')
@ApiBearerAuth()
@Controller('auth/sessions')
export class OwnSessionsController {
  constructor(
    private readonly sessions: UserSessions,
    private readonly security: SecurityLog,
  ) {}

  @Delete()
  @AlwaysHeard()
  @ApiOperation({ summary: 'End all sessions of the caller but the one that asks' })
  @ApiOkResponse({ type: SessionsEndedAnswer })
  @Refuses('TOKEN_MISSING', 'TOKEN_INVALID')
  async endOthers(@CurrentCaller() caller: Caller, @Ip() address: string): Promise<SessionsEndedAnswer> {
    return this.#answer(await this.sessions.endOthers(caller.id, caller.sessionId), address);
  }

  @Delete(':id')
  @AlwaysHeard()
  @ApiOperation({ summary: 'End one session of the caller; its tokens are worth nothing from here on' })
  @ApiOkResponse({ type: SessionsEndedAnswer })
  @Refuses('TOKEN_MISSING', 'TOKEN_INVALID', 'SESSION_NOT_FOUND')
  async endOne(
    @Param('id') id: string,
    @CurrentCaller() caller: Caller,
    @Ip() address: string,
  ): Promise<SessionsEndedAnswer> {
    const ended = await this.sessions.endOne(caller.id, id);
    if (ended.length === 0) throw problem('SESSION_NOT_FOUND');
    return this.#answer(ended, address);
  }

  #answer(ended: Ended, address: string): SessionsEndedAnswer {
    for (const { id: sessionId, userId } of ended) {
      this.security.record('session.ended', { userId, sessionId, by: 'user', address });
    }
    return { ended: ended.length };
  }
}
