import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { keyDescription, Rejects, type ErrorCode } from '#http';

const anyWithKey = ['IDEMPOTENCY_KEY_INVALID', 'KEY_REUSED', 'KEY_IN_FLIGHT'] as const satisfies readonly ErrorCode[];

const anyWrite = [
  ...anyWithKey,
  'VALIDATION_FAILED',
  'TOKEN_MISSING',
  'TOKEN_INVALID',
  'RATE_LIMITED',
  'OVERLOADED',
  'OUTCOME_UNKNOWN',
] as const satisfies readonly ErrorCode[];

/** Of an answer to what made something that has an address. */
export const locationHeader = {
  Location: { description: 'URL of the created resource', schema: { type: 'string' } },
} as const;

/** Documents an operation that records something, and what it rejects besides what every such operation does. */
export function Writes(...codes: readonly ErrorCode[]): MethodDecorator {
  return applyDecorators(keyHeader(false), Rejects(...codes, ...anyWrite));
}

/** The same, where a key is required. */
export function WritesWithKey(...codes: readonly ErrorCode[]): MethodDecorator {
  return applyDecorators(keyHeader(true), Rejects(...codes, 'IDEMPOTENCY_KEY_MISSING', ...anyWrite));
}

/** Documents an operation that changes what is no event, and what it rejects besides what every one with a key does. */
export function TakesKey(...codes: readonly ErrorCode[]): MethodDecorator {
  return applyDecorators(keyHeader(false), Rejects(...codes, ...anyWithKey));
}

function keyHeader(required: boolean): MethodDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required,
    description: keyDescription,
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  });
}
