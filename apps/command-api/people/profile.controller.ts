import { Body, Controller, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { userAnswer } from '#answers';
import { notice } from '#http';
import { answering, UseCases } from '#use-cases';
import { TakesKey } from '../edge/writes.ts';
import { FromCaller } from '../edge/people-context.ts';
import { ChangeProfile } from './change-profile.ts';
import type { CallerContext } from './contexts.ts';
import { ProfileChangedAnswer, ProfileDto } from './session.dto.ts';

@ApiTags('user')
@ApiBearerAuth()
@Controller('user')
export class ProfileController {
  constructor(private readonly useCases: UseCases) {}

  @Put('profile')
  @ApiOperation({
    summary: 'Change the profile',
    description:
      'Changes what the caller says about themselves. Fields that are omitted keep their value. A new password needs the current one, and ends all other sessions.',
  })
  @ApiOkResponse({ type: ProfileChangedAnswer })
  @TakesKey(
    'VALIDATION_FAILED',
    'PASSWORD_WRONG',
    'CURRENT_PASSWORD_MISSING',
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'USER_NOT_FOUND',
    'TOO_MANY_ATTEMPTS',
    'OVERLOADED',
  )
  changeProfile(@Body() wanted: ProfileDto, @FromCaller() context: CallerContext) {
    const changed = this.useCases.execute(new ChangeProfile(context, wanted));
    return answering(changed, (user): ProfileChangedAnswer => ({
      message: notice('profileUpdated'),
      user: userAnswer(user),
    }));
  }
}
