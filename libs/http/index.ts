export { consistencyHeader, decodeToken, encodeToken, type ConsistencyToken } from './consistency-token.ts';
export type { ErrorCode } from './errors/codes.ts';
export type { Translate } from './errors/problem.filter.ts';
export { problem, Problem, refusal } from './errors/problem.ts';
export { openApiDocument, type OpenApiDocument } from './openapi/serve-docs.ts';
export { Refuses } from './openapi/refuses.ts';
export { createHttpService } from './service/http-service.ts';
export { canBeId, Email, Id, Integer, Money, NewId, Text } from './validation/rules.ts';
