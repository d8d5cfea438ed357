import { ApiProperty } from '@nestjs/swagger';
import type { User } from '#people';

/** A user as both APIs show it, only to that user. */
export class UserAnswer {
  @ApiProperty({ example: 'user_a1b2c3d4e5f6a7b8' })
  id!: string;

  @ApiProperty({ description: 'Sequential number of the user', example: 1 })
  number!: number;

  @ApiProperty({ type: String, nullable: true, example: 'user@example.com' })
  email!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null for users who registered with an e-mail address',
    example: 'testuser',
  })
  user_name!: string | null;

  @ApiProperty({ example: '王小明' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: '0912345678' })
  phone!: string | null;

  @ApiProperty({ type: String, nullable: true })
  address!: string | null;

  @ApiProperty({ enum: ['customer', 'staff'] })
  role!: string;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty()
  updatedAt!: string;
}

export function userAnswer(user: User): UserAnswer {
  const { id, number, email, userName, name, phone, address, role, createdAt, updatedAt } = user;
  return {
    id,
    number,
    email,
    user_name: userName,
    name,
    phone,
    address,
    role,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
