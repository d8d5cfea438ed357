import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Users, type Caller } from '#auth';
import { CurrentCaller, UserAnswer, userAnswer } from '#auth/guard';
import { NoQuery, problem, Refuses } from '#http';

@ApiTags('user')
@ApiBearerAuth()
@Controller()
export class UserController {
  constructor(private readonly users: Users) {}

  @Get('user/profile')
  @ApiOperation({ summary: 'The caller’s own data' })
  @ApiOkResponse({ type: UserAnswer })
  @Refuses('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'USER_NOT_FOUND')
  async getProfile(@Query() _none: NoQuery, @CurrentCaller() { id }: Caller): Promise<UserAnswer> {
    const user = await this.users.find(id);
    // Erased since the guard looked.
    if (user === undefined) throw problem('USER_NOT_FOUND');
    return userAnswer(user);
  }

  @Get('auth/me')
  @ApiOperation({ summary: 'Who the caller is' })
  @ApiOkResponse({ type: UserAnswer })
  @Refuses('VALIDATION_FAILED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'USER_NOT_FOUND')
  getMe(@Query() none: NoQuery, @CurrentCaller() caller: Caller): Promise<UserAnswer> {
    return this.getProfile(none, caller);
  }
}
