export { consistencyHeader, ConsistencyTokens, type ConsistencyToken } from './consistency-token.ts';
export { statusOf, type ErrorCode } from './errors/codes.ts';
export type { Translate } from './errors/problem.filter.ts';
export { problem, Problem, problemFor } from './errors/problem.ts';
export { Replay, replayedHeader } from './errors/replay.ts';
export { invalid } from './errors/invalid.ts';
export { problemOf, type Rejection } from './errors/problem-of.ts';
export type { RuleFacts, RuleName } from './messages/messages.ts';
export { notice } from './messages/notice.ts';
export { openApiDocument, type OpenApiDocument } from './openapi/serve-docs.ts';
export { keyDescription } from './openapi/about.ts';
export { errorsMarkdown } from './openapi/errors-page.ts';
export { Rejects } from './openapi/rejects.ts';
export type { Answer } from './service/answering-adapter.ts';
export { createHttpService } from './service/http-service.ts';
export { closeHttpService } from './service/stopping.ts';
export { takeOver } from './service/take-over.ts';
export type { TimedRequest } from './service/time-limit.guard.ts';
export { makeOptional } from './validation/field.ts';
export { CalendarDate, CalendarDates, TimesOfDay, TimeZone } from './validation/calendar-rules.ts';
export { Choices, TextMap, Texts, Url, Urls } from './validation/list-rules.ts';
export { Email, Flag, Id, Integer, Money, NewId, NewPassword, NewUserName, Slug, Text } from './validation/rules.ts';
export { Metadata, Reference } from './validation/label-rules.ts';
export { ListOf } from './validation/list-of.ts';
export { readEntries } from './validation/read-entries.ts';
export type { UnreadEntry } from './validation/unread-entry.ts';
export type { LongBody } from './service/long-body.ts';
export { NoQuery } from './validation/no-query.ts';
export { ObjectOf } from './validation/object-of.ts';
export { TakesQuery } from './validation/writes-take-no-query.ts';
export {
  OneOf,
  QueryChoices,
  QueryFlag,
  QueryIds,
  QueryInteger,
  QueryIntegers,
  QueryTexts,
  Time,
} from './validation/query-rules.ts';
