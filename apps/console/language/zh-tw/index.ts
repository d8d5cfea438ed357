import type { Messages } from '../messages.ts';
import { events } from './events.ts';
import { frame } from './frame.ts';
import { operate } from './operate.ts';
import { shop } from './shop.ts';
import { stock } from './stock.ts';

export const zhTw: Messages = { frame, shop, stock, operate, events };
