import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { statusOf, type ErrorCode } from '../errors/codes.ts';
import { ErrorEnvelope } from '../errors/envelope.ts';

/** What any operation can answer besides. */
const anyOperation = ['BODY_MALFORMED', 'INTERNAL', 'UNAVAILABLE'] as const satisfies readonly ErrorCode[];

/** Documents with which codes an operation refuses, one response for each status. */
export function Refuses(...codes: readonly ErrorCode[]): MethodDecorator {
  const byStatus = Map.groupBy([...new Set([...codes, ...anyOperation])], (code) => statusOf[code]);
  const responses = [...byStatus].map(([status, group]) =>
    ApiResponse({
      status,
      description: group.join(', '),
      content: {
        'application/json': {
          schema: {
            allOf: [
              { $ref: getSchemaPath(ErrorEnvelope) },
              { type: 'object', properties: { statusCode: { enum: [status] }, code: { enum: group } } },
            ],
          },
        },
      },
    }),
  );
  return applyDecorators(ApiExtraModels(ErrorEnvelope), ...responses);
}
