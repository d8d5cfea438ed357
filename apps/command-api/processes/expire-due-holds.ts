import { ExpireDueHoldsOfStock } from '../holds/expire-due-holds-of-stock.ts';
import type { DueWork } from './due-stocks.ts';

/**
 * Ends holds when their time is up, so that their units are seen to be there again. Whoever buys before it comes round
 * ends them too: nothing is sold or kept because of this process, it is only prompt.
 */
export const expireDueHolds: DueWork = {
  name: 'expire-due-holds',
  waitsFor: 'the holds that may be due',
  failed: 'stocks whose due holds were not expired',
  command: (context, stock) => new ExpireDueHoldsOfStock(context, stock),
};
