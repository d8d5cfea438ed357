import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UserAnswer, userAnswer } from '#answers';
import { isRejected } from '#domain';
import { NoQuery, Rejects } from '#http';
import { CurrentCaller } from '#http/guard';
import type { Caller } from '#people';
import { UseCases } from '#use-cases/bus';
import { GetProfile } from './get-profile.ts';

@ApiTags('user')
@ApiBearerAuth()
@Controller()
export class ProfileController {
  constructor(private readonly useCases: UseCases) {}

  @Get('user/profile')
  @ApiOperation({
    summary: 'Get the profile',
    description: 'Returns what is known of the caller.',
  })
  @ApiOkResponse({ type: UserAnswer })
  @Rejects('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'USER_NOT_FOUND')
  getProfile(@Query() _none: NoQuery, @CurrentCaller() caller: Caller) {
    return this.#profileOf(caller);
  }

  @Get('auth/me')
  @ApiOperation({
    summary: 'Get the caller',
    description: 'Returns the user whose token is sent. The same as `GET /user/profile`.',
  })
  @ApiOkResponse({ type: UserAnswer })
  @Rejects('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'USER_NOT_FOUND')
  getMe(@Query() _none: NoQuery, @CurrentCaller() caller: Caller) {
    return this.#profileOf(caller);
  }

  async #profileOf(caller: Caller) {
    const user = await this.useCases.ask(new GetProfile(caller));
    return isRejected(user) ? user : userAnswer(user);
  }
}
