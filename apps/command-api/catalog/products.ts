import { productAnswer, type ProductAnswer } from '#answers';
import { itemStock, type KnownItem } from '#domain';
import type { Stocks } from '../stock/stocks.ts';

/** Items with their stock in the main inventory, as answers show them. */
export class Products {
  constructor(private readonly stocks: Stocks) {}

  async answer({ status, facts }: KnownItem): Promise<ProductAnswer> {
    const { balance, saleTerms } = await this.stocks.of(itemStock(facts.itemId)).read();
    const { itemId: id, createdAt, updatedAt } = facts;
    const shown = { ...facts, id, createdAt: dateOf(createdAt), updatedAt: dateOf(updatedAt) };
    return productAnswer({ ...shown, discontinued: status === 'discontinued' }, balance.available, saleTerms);
  }
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
