import { ApiProperty } from '@nestjs/swagger';
import { Email, Text } from '#http';

export class LoginDto {
  @Email({ example: 'user@example.com' })
  email!: string;

  @Text({ max: 1024, example: 'password123' })
  password!: string;
}

export class UserAnswer {
  @ApiProperty({ example: 'user_a1b2c3d4e5f6a7b8' })
  id!: string;

  @ApiProperty({ description: 'The same user, for those who count', example: 1 })
  number!: number;

  @ApiProperty()
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ['customer', 'staff'] })
  role!: string;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty()
  updatedAt!: string;
}

export class LoginAnswer {
  @ApiProperty({ type: UserAnswer })
  user!: UserAnswer;

  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`' })
  token!: string;

  @ApiProperty({ description: 'Seconds until the token expires', example: 3600 })
  expiresIn!: number;
}
