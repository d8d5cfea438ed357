import { currentMessages } from './languages.ts';
import type { NoticeName } from './messages.ts';

/** In the language of the current request. */
export function notice(name: NoticeName): string {
  return currentMessages().notices[name];
}
