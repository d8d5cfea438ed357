import { isRejected, stockAggregate, type Rejected, type SaleTerms, type StockId, type StockRejection } from '#domain';
import { step, type UseCaseContext, type Write } from '#use-cases';
import type { Stocks } from './stocks.ts';

/** Sets the terms that are given; the others stay. */
export async function setTerms(
  stocks: Stocks,
  stock: StockId,
  terms: Partial<SaleTerms>,
  context: UseCaseContext,
): Promise<{ readonly write: Write | undefined } | Rejected<StockRejection>> {
  if (Object.keys(terms).length === 0) return { write: undefined };
  return stocks.of(stock).execute({ type: 'SetSaleTerms', ...terms }, step(context, 'terms'));
}

/** Why the terms would be rejected of a new stock. */
export function rejectionOfNewTerms(terms: Partial<SaleTerms>): Rejected<StockRejection> | undefined {
  const decision = stockAggregate.decide({ type: 'SetSaleTerms', ...terms, at: 0 }, stockAggregate.initial);
  return isRejected(decision) ? decision : undefined;
}

/** Why the terms would be rejected now. */
export async function rejectionOfTerms(
  stocks: Stocks,
  stock: StockId,
  terms: Partial<SaleTerms>,
): Promise<Rejected<StockRejection> | undefined> {
  const hasTimes = terms.saleStartsAt !== undefined || terms.saleEndsAt !== undefined;
  return hasTimes ? stocks.of(stock).rejectionOf({ type: 'SetSaleTerms', ...terms }) : undefined;
}
