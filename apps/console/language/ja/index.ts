import { en } from '../en/index.ts';
import type { Messages } from '../messages.ts';

export const ja: Messages = en;
