import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type OpenAPIObject } from '@nestjs/swagger';
import { statusOf, type ErrorCode } from '../errors/codes.ts';
import { errorResponse } from './error-components.ts';

/** Errors that any operation can return. */
const anyOperation = ['INTERNAL', 'UNAVAILABLE'] as const satisfies readonly ErrorCode[];

/** Documents the error codes of an operation, one response per status. */
export function Rejects(...codes: readonly ErrorCode[]): MethodDecorator {
  const responses = [...byStatus([...codes, ...anyOperation])].map(([status, group]) =>
    ApiResponse({ status, ...errorResponse(group) }),
  );
  return applyDecorators(...responses);
}

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Adds error codes to the documentation of an operation. */
export function rejectsToo(operation: Operation, codes: readonly ErrorCode[]): void {
  for (const [status, group] of byStatus(codes)) {
    operation.responses[status] = errorResponse([...new Set([...codesOf(operation, status), ...group])]);
  }
}

/** The documented error codes of an operation for a status. */
export function codesOf({ responses }: Operation, status: number): readonly string[] {
  const response = responses[status];
  return response !== undefined && 'description' in response ? response.description.split(', ') : [];
}

function byStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  return Map.groupBy(new Set(codes), (code) => statusOf[code]);
}
