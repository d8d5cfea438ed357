import { Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SecurityLog, Sessions, Users, type Caller } from '#auth';
import { AlwaysHeard, CurrentCaller, NeverReplayed, UserAnswer, userAnswer } from '#auth/guard';
import { notice, problem, Refuses } from '#http';
import { NoticeAnswer } from './session.dto.ts';

@ApiTags('auth')
@ApiBearerAuth()
@Controller('auth')
export class SessionController {
  constructor(
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly security: SecurityLog,
  ) {}

  @Post('me')
  @NeverReplayed()
  @HttpCode(200)
  @ApiOperation({ summary: 'Who the caller is' })
  @ApiOkResponse({ type: UserAnswer })
  @Refuses('TOKEN_MISSING', 'TOKEN_INVALID', 'USER_NOT_FOUND')
  async me(@CurrentCaller() caller: Caller): Promise<UserAnswer> {
    const user = await this.users.find(caller.id);
    // Erased since the guard looked.
    if (user === undefined) throw problem('USER_NOT_FOUND');
    return userAnswer(user);
  }

  @Post('logout')
  @AlwaysHeard()
  @HttpCode(200)
  @ApiOperation({ summary: 'End the session: its tokens are worth nothing from here on' })
  @ApiOkResponse({ type: NoticeAnswer })
  @Refuses('TOKEN_MISSING', 'TOKEN_INVALID')
  async logout(@CurrentCaller() caller: Caller, @Ip() address: string): Promise<NoticeAnswer> {
    await this.sessions.end(caller);
    this.security.record('logout', { userId: caller.id, sessionId: caller.sessionId, address });
    return { message: notice('loggedOut') };
  }
}
