import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { userAnswer } from '#answers';
import { invalid, problem, Rejects } from '#http';
import { bearerToken, Public } from '#http/guard';
import { answering, UseCases } from '#use-cases';
import { FromAnybody } from '../edge/people-context.ts';
import type { AnonymousContext } from './contexts.ts';
import { LogIn } from './log-in.ts';
import type { SignedIn } from './new-sessions.ts';
import { RefreshSession } from './refresh-session.ts';
import { Register } from './register.ts';
import { RefreshDto } from './session.dto.ts';
import { LoginDto, OAuthAnswer, RegisterDto, SignedInAnswer, SignupDto, TokensAnswer } from './sign-in.dto.ts';
import { SignUp } from './sign-up.ts';

const form = 'application/x-www-form-urlencoded';

@ApiTags('auth')
@Controller('auth')
export class SignInController {
  constructor(private readonly useCases: UseCases) {}

  @Post('register')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Register with an e-mail address',
    description:
      'Creates a customer and returns the tokens of a new session. Registrations per address are limited; over the ' +
      'limit, the answer is 429 with Retry-After.',
  })
  @ApiOkResponse({ type: SignedInAnswer })
  @Rejects('VALIDATION_FAILED', 'TOO_MANY_ATTEMPTS', 'OVERLOADED')
  register(@Body() registrant: RegisterDto, @FromAnybody() context: AnonymousContext) {
    return answering(this.useCases.execute(new Register(context, registrant)), signedInAnswer);
  }

  @Post('signup')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Register with a user name',
    description:
      'Creates a customer without an e-mail address and returns the tokens of a new session. Registrations per ' +
      'address are limited; over the limit, the answer is 429 with Retry-After.',
  })
  @ApiOkResponse({ type: SignedInAnswer })
  @Rejects('VALIDATION_FAILED', 'TOO_MANY_ATTEMPTS', 'OVERLOADED')
  signup(@Body() { user_name: userName, password }: SignupDto, @FromAnybody() context: AnonymousContext) {
    return answering(this.useCases.execute(new SignUp(context, userName, password)), signedInAnswer);
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Log in with an e-mail address or a user name',
    description:
      'Takes JSON or a form and returns the tokens of a new session. Failed logins are limited per account and per ' +
      'address. Also served as `GET /login`, with the credentials in the body.',
  })
  @ApiConsumes('application/json', form)
  @ApiOkResponse({ type: OAuthAnswer })
  @Rejects('CREDENTIALS_WRONG', 'USER_DISABLED', 'VALIDATION_FAILED', 'TOO_MANY_ATTEMPTS', 'OVERLOADED')
  login(
    @Body() credentials: LoginDto,
    @FromAnybody() context: AnonymousContext,
    @Headers('content-type') contentType: string | undefined,
  ) {
    const loggedIn = this.useCases.execute(new LogIn(context, loginOf(credentials), credentials.password));
    const toAnswer = contentType?.startsWith(form) === true ? oauthAnswer : signedInAnswer;
    return answering(loggedIn, toAnswer);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Refresh a session',
    description:
      'Returns a new access token and a new refresh token. Send the refresh token in the body or as the bearer ' +
      'token. Each can be used once. Within 10 seconds (`HOLDFAST_REFRESH_REUSE_SECONDS`) it gives the same next token ' +
      'again; later it ends the session. Also served as `GET /refresh`.',
  })
  @ApiOkResponse({ type: TokensAnswer })
  @Rejects('TOKEN_MISSING', 'TOKEN_INVALID', 'VALIDATION_FAILED')
  refresh(
    @Body() { refreshToken }: RefreshDto,
    @Headers('authorization') authorization: string | undefined,
    @FromAnybody() context: AnonymousContext,
  ) {
    const token = refreshToken ?? bearerToken(authorization);
    if (token === undefined) throw problem('TOKEN_MISSING');
    return this.useCases.execute(new RefreshSession(context, token));
  }
}

function loginOf({ email, username, user_name }: LoginDto): string {
  const [first, second] = Object.entries({ email, username, user_name }).filter(([, value]) => value !== undefined);
  if (first?.[1] === undefined) throw invalid('email', 'required', {});
  if (second !== undefined) throw invalid(second[0], 'notWith', { other: first[0] });
  return first[1];
}

function signedInAnswer({ user, ...tokens }: SignedIn): SignedInAnswer {
  return { user: userAnswer(user), ...tokens };
}

function oauthAnswer(signedIn: SignedIn): OAuthAnswer {
  const { token, refreshToken, expiresIn } = signedIn;
  const names = { access_token: token, token_type: 'bearer', expires_in: expiresIn, refresh_token: refreshToken };
  return Object.assign(signedInAnswer(signedIn), names);
}
