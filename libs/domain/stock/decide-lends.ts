import { reject } from '../decision.ts';
import { changed } from './balance.ts';
import type { StockDecision, Stocked } from './stock-decision.ts';
import { unclaimable } from './on-sale.ts';
import { lendKey, type Stock } from './state.ts';

export function lend({ lendId, borrowerId, quantity, at }: Stocked<'Lend'>, stock: Stock): StockDecision {
  if (stock.lends.has(lendKey(lendId)) || stock.returnedLends.has(lendKey(lendId))) return [];
  const balance = changed(stock.balance, { lent: quantity });
  return unclaimable(stock, quantity, at) ?? [{ type: 'UnitsLent', lendId, borrowerId, quantity, lentAt: at, balance }];
}

export function returnLend({ lendId }: Stocked<'Return'>, stock: Stock): StockDecision {
  const open = stock.lends.get(lendKey(lendId));
  if (open === undefined) {
    return reject({ code: stock.returnedLends.has(lendKey(lendId)) ? 'ALREADY_RETURNED' : 'LEND_NOT_FOUND', lendId });
  }
  const balance = changed(stock.balance, { lent: -open.quantity });
  return [{ type: 'UnitsReturned', lendId, ...open, balance }];
}
