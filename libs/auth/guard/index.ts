export { admittedAt, Doorkeeper, idempotencyKeyOf, keepKeyUntil } from './doorkeeper.ts';
export { bearerToken, CallerGuard, callerOf, CurrentCaller, ForEverybody, ForStaff } from './caller.guard.ts';
export { UserAnswer, userAnswer } from './user-answer.ts';
