import { ApiPropertyOptional } from '@nestjs/swagger';

/** Like metadata, it is absent from an answer unless it was given. */
export function ShownReference(): PropertyDecorator {
  return ApiPropertyOptional({ description: 'The reference that was given; absent without one', example: 'cart-2093' });
}

export function ShownMetadata(): PropertyDecorator {
  return ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The metadata that was given; absent without any',
    example: { channel: 'app', campaign: 'spring' },
  });
}
