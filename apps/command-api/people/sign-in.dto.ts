import { ApiProperty } from '@nestjs/swagger';
import { UserAnswer } from '#answers';
import { Email, NewPassword, NewUserName, OneOf, Text } from '#http';
import { passwordLengthMax } from '#people';

const loginMax = 254;

/** What clients of OAuth 2 send along, empty or not, and Holdfast has no use for. */
const Ignored = (): PropertyDecorator =>
  Text({ optional: true, min: 0, max: passwordLengthMax, description: 'Ignored; accepted for OAuth 2 clients' });

export class RegisterDto {
  @Email({ example: 'user@example.com' })
  email!: string;

  @NewPassword({ example: 'correct horse battery' })
  password!: string;

  @Text({ max: 100, example: '王小明' })
  name!: string;

  /** Optional with HOLDFAST_PHONE_REQUIRED=false. */
  @Text({ min: 10, max: 20, example: '0912345678' })
  phone?: string;
}

export class SignupDto {
  @NewUserName({ example: 'testuser' })
  user_name!: string;

  @NewPassword({ example: 'testpass1234' })
  password!: string;
}

export class LoginDto {
  @Email({ optional: true, example: 'user@example.com' })
  email?: string;

  @Text({ optional: true, max: loginMax, description: 'A user name or an e-mail address; an alternative to `email`' })
  username?: string;

  @Text({ optional: true, max: loginMax, description: 'Alias of `username`' })
  user_name?: string;

  @Text({ max: passwordLengthMax, example: 'correct horse battery' })
  password!: string;

  @OneOf({ optional: true, choices: ['password'], description: 'Accepted for OAuth 2 clients' })
  grant_type?: string;

  @Ignored()
  scope?: string;

  @Ignored()
  client_id?: string;

  @Ignored()
  client_secret?: string;
}

export class TokensAnswer {
  @ApiProperty({ description: 'The access token; send it as `Authorization: Bearer …`' })
  token!: string;

  @ApiProperty({ description: 'Can be used once; a refresh returns the next one' })
  refreshToken!: string;

  @ApiProperty({ description: 'Seconds until the access token expires', example: 3600 })
  expiresIn!: number;
}

export class SignedInAnswer extends TokensAnswer {
  @ApiProperty({ type: UserAnswer })
  user!: UserAnswer;
}

/** What OAuth 2 calls the same. */
export class OAuthAnswer extends SignedInAnswer {
  @ApiProperty({ required: false, description: 'Only if the request was a form: the same as `token`' })
  access_token?: string;

  @ApiProperty({ required: false, enum: ['bearer'] })
  token_type?: string;

  @ApiProperty({ required: false, example: 3600 })
  expires_in?: number;

  @ApiProperty({ required: false })
  refresh_token?: string;
}
