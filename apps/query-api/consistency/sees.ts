import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { consistencyHeader, Refuses, type ErrorCode } from '#http';

/** Documents an operation that sees at least the write of a Consistency-Token, and what it refuses. */
export function Sees(...codes: readonly ErrorCode[]): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: consistencyHeader,
      required: false,
      description: 'Of a command’s answer: see at least that write',
    }),
    Refuses(...codes, 'VALIDATION_FAILED', 'TOKEN_FOREIGN', 'NOT_YET_VISIBLE', 'PROJECTION_PARKED', 'OVERLOADED'),
  );
}
