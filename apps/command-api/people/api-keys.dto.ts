import { ApiProperty } from '@nestjs/swagger';
import { ApiKeyAnswer } from '#answers';
import { OneOf, Text, Time } from '#http';
import { apiKeyRoles, type ApiKeyRole } from '#people';

export class CreateApiKeyDto {
  @Text({ max: 100, description: 'What the key is for', example: 'Shop backend' })
  name!: string;

  @OneOf({
    choices: apiKeyRoles,
    description:
      '`service`: acts for customers, each request for the one named in On-Behalf-Of; `staff` and `customer`: acts as ' +
      'a user of its own with that role',
    example: 'service',
  })
  roles!: ApiKeyRole;

  @Time({ optional: true, description: 'The key does not expire if this is omitted', example: '2028-01-01T00:00:00Z' })
  expiresAt?: Date;
}

export class CreatedApiKeyAnswer extends ApiKeyAnswer {
  @ApiProperty({
    description: 'Send it as `Authorization: Bearer …`. It is shown only here',
    example: 'hf_key_kJ0cTn4uQyW1p7sVbE9xZr2mLh6oAd3fGi8tUqYwRe5vXzNcKjMbPsHl',
  })
  key!: string;
}
