import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Tokens, Users } from '#auth';
import { ForEverybody } from '#auth/guard';
import { problem, Refuses } from '#http';
import { LoginAnswer, LoginDto } from './login.dto.ts';

@ApiTags('auth')
@Controller('auth')
export class LoginController {
  constructor(
    private readonly users: Users,
    private readonly tokens: Tokens,
  ) {}

  @Post('login')
  @HttpCode(200)
  @ForEverybody()
  @ApiOperation({ summary: 'Log in with an e-mail address and a password' })
  @ApiOkResponse({ type: LoginAnswer })
  @Refuses('CREDENTIALS_WRONG', 'VALIDATION_FAILED')
  async login(@Body() { email, password }: LoginDto): Promise<LoginAnswer> {
    const user = await this.users.authenticate(email, password);
    if (user === undefined) throw problem('CREDENTIALS_WRONG');
    const { id, number, name, role, createdAt, updatedAt } = user;
    return {
      user: {
        id,
        number,
        email: user.email,
        name,
        role,
        createdAt: createdAt.toISOString(),
        updatedAt: updatedAt.toISOString(),
      },
      token: this.tokens.sign(user),
      expiresIn: this.tokens.ttlSeconds,
    };
  }
}
