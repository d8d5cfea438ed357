import { ApiProperty } from '@nestjs/swagger';
import { UserAnswer } from '#answers';
import { NewPassword, Text } from '#http';
import { passwordLengthMax } from '#people';

export class RefreshDto {
  @Text({ optional: true, max: 4096, description: 'The refresh token; it can be sent as the bearer token instead' })
  refreshToken?: string;
}

export class NoticeAnswer {
  @ApiProperty({ description: 'Confirmation in the language of Accept-Language', example: '登出成功' })
  message!: string;
}

export class SessionsEndedAnswer {
  @ApiProperty({ description: 'Number of sessions that were ended', example: 1 })
  ended!: number;
}

export class ProfileDto {
  @Text({ optional: true, max: 100, example: '王大明' })
  name?: string;

  @Text({ optional: true, min: 10, max: 20, example: '0987654321' })
  phone?: string;

  @Text({ optional: true, nullable: true, max: 200, description: 'null removes it' })
  address?: string | null;

  @Text({ optional: true, max: passwordLengthMax, description: 'Required to change the password' })
  currentPassword?: string;

  @NewPassword({ optional: true, description: 'The new password; changing it ends all other sessions' })
  newPassword?: string;
}

export class ProfileChangedAnswer extends NoticeAnswer {
  @ApiProperty({ type: UserAnswer })
  user!: UserAnswer;
}
