import { ApiProperty } from '@nestjs/swagger';
import { NewPassword, passwordLengthMax, Text } from '#http';
import { UserAnswer } from '#people/guard';

export class RefreshDto {
  @Text({ optional: true, max: 4096, description: 'Or as the bearer token' })
  refreshToken?: string;
}

export class NoticeAnswer {
  @ApiProperty({ description: 'In the language of Accept-Language', example: '登出成功' })
  message!: string;
}

export class SessionsEndedAnswer {
  @ApiProperty({ description: 'How many sessions ended', example: 1 })
  ended!: number;
}

export class ProfileDto {
  @Text({ optional: true, max: 100, example: '王大明' })
  name?: string;

  @Text({ optional: true, min: 10, max: 20, example: '0987654321' })
  phone?: string;

  @Text({ optional: true, nullable: true, max: 200, description: 'null takes it away' })
  address?: string | null;

  @Text({ optional: true, max: passwordLengthMax, description: 'Needed to change the password' })
  currentPassword?: string;

  @NewPassword({ optional: true, description: 'Ends all other sessions' })
  newPassword?: string;
}

export class ProfileChangedAnswer extends NoticeAnswer {
  @ApiProperty({ type: UserAnswer })
  user!: UserAnswer;
}
