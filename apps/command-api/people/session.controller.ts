import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UserAnswer, userAnswer } from '#answers';
import { notice, Rejects } from '#http';
import { LimitBySession, SkipIdempotency } from '#http/guard';
import { answering, UseCases } from '#use-cases';
import { FromCaller } from '../edge/people-context.ts';
import type { CallerContext } from './contexts.ts';
import { LogOut } from './log-out.ts';
import { NoticeAnswer } from './session.dto.ts';
import { WhoAmI } from './who-am-i.ts';

@ApiTags('auth')
@ApiBearerAuth()
@Controller('auth')
export class SessionController {
  constructor(private readonly useCases: UseCases) {}

  @Post('me')
  @SkipIdempotency()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Get the caller',
    description: 'Returns the user whose token is sent. The same as `GET /auth/me`.',
  })
  @ApiOkResponse({ type: UserAnswer })
  @Rejects('TOKEN_MISSING', 'TOKEN_INVALID', 'USER_NOT_FOUND')
  whoAmI(@FromCaller() context: CallerContext) {
    return answering(this.useCases.ask(new WhoAmI(context)), userAnswer);
  }

  @Post('logout')
  @LimitBySession()
  @SkipIdempotency()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log out',
    description:
      'Ends the session: from now on, no process accepts its tokens. An API key and a token of another issuer are in no session.',
  })
  @ApiOkResponse({ type: NoticeAnswer })
  @Rejects('TOKEN_MISSING', 'TOKEN_INVALID', 'NO_SESSION')
  logout(@FromCaller() context: CallerContext) {
    const loggedOut = this.useCases.execute(new LogOut(context));
    return answering(loggedOut, (): NoticeAnswer => ({ message: notice('loggedOut') }));
  }
}
