import { en } from '../en/index.ts';
import type { Messages } from '../messages.ts';
import { events } from './events.ts';
import { frame } from './frame.ts';
import { shop } from './shop.ts';
import { stock } from './stock.ts';

export const ru: Messages = { ...en, frame, shop, stock, events };
