import { Body, Controller, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { bearerToken, ForEverybody } from '#auth/guard';
import { invalid, problem, Refuses } from '#http';
import { SignIn } from './sign-in.ts';
import { LoginDto, OAuthAnswer, RegisterDto, SignedInAnswer, SignupDto, TokensAnswer } from './sign-in.dto.ts';
import { RefreshDto } from './session.dto.ts';

const form = 'application/x-www-form-urlencoded';

@ApiTags('auth')
@Controller('auth')
export class SignInController {
  constructor(private readonly signIn: SignIn) {}

  @Post('register')
  @HttpCode(200)
  @ForEverybody()
  @ApiOperation({ summary: 'Register with an e-mail address, and be logged in' })
  @ApiOkResponse({ type: SignedInAnswer })
  @Refuses('VALIDATION_FAILED', 'TOO_MANY_ATTEMPTS', 'OVERLOADED')
  register(@Body() { email, password, name, phone }: RegisterDto, @Ip() address: string): Promise<SignedInAnswer> {
    return this.signIn.register({ email, password, name, phone, role: 'customer' }, address);
  }

  @Post('signup')
  @HttpCode(200)
  @ForEverybody()
  @ApiOperation({ summary: 'Register with a user name, and be logged in' })
  @ApiOkResponse({ type: SignedInAnswer })
  @Refuses('VALIDATION_FAILED', 'TOO_MANY_ATTEMPTS', 'OVERLOADED')
  signup(@Body() { user_name: userName, password }: SignupDto, @Ip() address: string): Promise<SignedInAnswer> {
    // There is nothing else yet to call them by.
    return this.signIn.register({ userName, name: userName, password, role: 'customer' }, address);
  }

  @Post('login')
  @HttpCode(200)
  @ForEverybody()
  @ApiOperation({
    summary: 'Log in with an e-mail address or a user name',
    description: 'With `GET /login`, too: the credentials in the body, never in the URL.',
  })
  @ApiConsumes('application/json', form)
  @ApiOkResponse({ type: OAuthAnswer })
  @Refuses('CREDENTIALS_WRONG', 'VALIDATION_FAILED', 'TOO_MANY_ATTEMPTS', 'OVERLOADED')
  async login(
    @Body() credentials: LoginDto,
    @Ip() address: string,
    @Headers('content-type') contentType: string | undefined,
  ): Promise<OAuthAnswer> {
    const answer = await this.signIn.login(loginOf(credentials), credentials.password, address);
    return contentType?.startsWith(form) === true ? Object.assign(answer, oauthOf(answer)) : answer;
  }

  @Post('refresh')
  @HttpCode(200)
  @ForEverybody()
  @ApiOperation({
    summary: 'A new token, and a new refresh token for the one given',
    description:
      'The refresh token stands in the body, or is the bearer token. It is good once: one that comes again ends the ' +
      'session. With `GET /refresh`, too.',
  })
  @ApiOkResponse({ type: TokensAnswer })
  @Refuses('TOKEN_MISSING', 'TOKEN_INVALID', 'VALIDATION_FAILED')
  refresh(
    @Body() { refreshToken }: RefreshDto,
    @Headers('authorization') authorization: string | undefined,
    @Ip() address: string,
  ): Promise<TokensAnswer> {
    const token = refreshToken ?? bearerToken(authorization);
    if (token === undefined) throw problem('TOKEN_MISSING');
    return this.signIn.refresh(token, address);
  }
}

function loginOf({ email, username, user_name }: LoginDto): string {
  const [first, second] = Object.entries({ email, username, user_name }).filter(([, value]) => value !== undefined);
  if (first?.[1] === undefined) throw invalid('email', 'required', {});
  if (second !== undefined) throw invalid(second[0], 'notWith', { other: first[0] });
  return first[1];
}

function oauthOf({ token, refreshToken, expiresIn }: TokensAnswer): Partial<OAuthAnswer> {
  return { access_token: token, token_type: 'bearer', expires_in: expiresIn, refresh_token: refreshToken };
}
