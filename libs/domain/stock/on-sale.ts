import { reject, rejectSince, type Rejected } from '../decision.ts';
import { claimsMax, type StockRejection } from './commands.ts';
import { openClaims, type Stock } from './state.ts';

/** Why so many units cannot be promised to a customer now; undefined when they can. */
export function unpromisable(stock: Stock, quantity: number, at: number): Rejected<StockRejection> | undefined {
  if (stock.discontinued) return reject({ code: 'DISCONTINUED' });
  const { closesAt } = stock;
  if (closesAt !== null && at >= closesAt) return rejectSince(closesAt, { code: 'CLOSED', closesAt });
  const { available } = stock.balance;
  return quantity > available ? reject({ code: 'INSUFFICIENT_STOCK', available, requested: quantity }) : undefined;
}

/** The same for a claim that stays open: there is a bound on how many a stock may have. */
export function unclaimable(stock: Stock, quantity: number, at: number): Rejected<StockRejection> | undefined {
  return (
    unpromisable(stock, quantity, at) ??
    (openClaims(stock) >= claimsMax ? reject({ code: 'TOO_MANY_CLAIMS', claimsMax }) : undefined)
  );
}
