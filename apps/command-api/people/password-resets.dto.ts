import { ApiProperty } from '@nestjs/swagger';
import { Email, Id, NewPassword } from '#http';

export class MakePasswordResetDto {
  @Email({ optional: true, description: 'Of the user; an alternative to `userId`', example: 'user@example.com' })
  email?: string;

  @Id({ optional: true, description: 'Id or number of the user' })
  userId?: string;
}

export class PasswordResetAnswer {
  @ApiProperty({ example: 'user_a1b2c3d4e5f6a7b8' })
  userId!: string;

  @ApiProperty({ description: 'Works once, for `POST /auth/password-resets/{token}`. It is shown only here' })
  token!: string;

  @ApiProperty({ description: 'An hour from now by default' })
  expiresAt!: string;
}

export class ResetPasswordDto {
  @NewPassword({ example: 'battery horse staple' })
  password!: string;
}
