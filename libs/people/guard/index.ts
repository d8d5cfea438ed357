export { deadlineOf, Doorkeeper, idempotencyKeyOf, keepKeyUntil } from './doorkeeper.ts';
export {
  AlwaysHeard,
  bearerToken,
  CallerGuard,
  callerOf,
  CurrentCaller,
  ForEverybody,
  ForStaff,
  NeverReplayed,
} from './caller.guard.ts';
export { recordDenials } from './denials.ts';
export { PublicRequests } from './public-requests.ts';
export { UserAnswer, userAnswer } from './user-answer.ts';
