export { CallerGuard, CurrentCaller, ForEverybody, ForStaff } from './caller.guard.ts';
