import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { invalid, notice, Rejects } from '#http';
import { Public, Roles, SkipIdempotency } from '#http/guard';
import { answering, UseCases } from '#use-cases';
import { FromAnybody, FromCaller } from '../edge/people-context.ts';
import type { AnonymousContext, CallerContext } from './contexts.ts';
import { MakePasswordReset } from './make-password-reset.ts';
import { MakePasswordResetDto, PasswordResetAnswer, ResetPasswordDto } from './password-resets.dto.ts';
import { ResetPassword } from './reset-password.ts';
import { NoticeAnswer } from './session.dto.ts';

@ApiTags('auth')
@Controller('auth/password-resets')
export class PasswordResetsController {
  constructor(private readonly useCases: UseCases) {}

  @Post()
  @Roles('staff')
  @SkipIdempotency()
  @ApiOperation({
    summary: 'Make a token to reset a password',
    description:
      'For the user with this `email` or `userId`. Hand the token over to the user, for example by e-mail: Holdfast ' +
      'sends nothing. It works once and replaces an earlier one of the user. An Idempotency-Key is ignored. Staff only.',
  })
  @ApiCreatedResponse({ type: PasswordResetAnswer })
  @Rejects('VALIDATION_FAILED', 'USER_NOT_FOUND', 'USER_DISABLED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'FORBIDDEN')
  makePasswordReset(@Body() { email, userId }: MakePasswordResetDto, @FromCaller() context: CallerContext) {
    if (email !== undefined && userId !== undefined) throw invalid('userId', 'notWith', { other: 'email' });
    const user = email === undefined ? { userId: userId ?? '' } : { email };
    if (email === undefined && userId === undefined) throw invalid('email', 'required', {});
    const made = this.useCases.execute(new MakePasswordReset(context, user));
    return answering(made, ({ expiresAt, ...rest }): PasswordResetAnswer => ({
      ...rest,
      expiresAt: expiresAt.toISOString(),
    }));
  }

  @Post(':token')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Reset a password',
    description: 'Sets a new password and ends all sessions of the user, who then logs in. The token works once.',
  })
  @ApiOkResponse({ type: NoticeAnswer })
  @Rejects('VALIDATION_FAILED', 'PASSWORD_RESET_NOT_FOUND', 'OVERLOADED')
  resetPassword(
    @Param('token') token: string,
    @Body() { password }: ResetPasswordDto,
    @FromAnybody() context: AnonymousContext,
  ) {
    const reset = this.useCases.execute(new ResetPassword(context, token, password));
    return answering(reset, (): NoticeAnswer => ({ message: notice('passwordReset') }));
  }
}
