import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { consistencyHeader, Rejects, type ErrorCode } from '#http';
import { readKey, WaitForWrites, type Read } from './wait-for-writes.guard.ts';

/** An operation that sees at least the write of a Consistency-Token in what it reads; documents that and what it rejects. */
export function Sees(read: Read, ...codes: readonly ErrorCode[]): MethodDecorator {
  return applyDecorators(
    SetMetadata(readKey, read),
    UseGuards(WaitForWrites),
    ApiHeader({
      name: consistencyHeader,
      required: false,
      description:
        'Of a command’s answer: see at least that write; of several writes: their tokens, separated by commas',
    }),
    Rejects(...codes, 'VALIDATION_FAILED', 'TOKEN_FOREIGN', 'NOT_YET_VISIBLE', 'PROJECTION_PARKED', 'OVERLOADED'),
  );
}
