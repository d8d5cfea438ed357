import { stockStream, type SaleTerms, type StockId } from '#domain';
import type { Pool } from '#platform';
import { viewOf } from '#projections';
import { GroupedReads } from '../grouped-reads.ts';
import { saleTermsProjection } from './projection.ts';

interface Stored extends Omit<SaleTerms, 'saleStartsAt' | 'saleEndsAt'> {
  readonly stock: string;
  readonly saleStartsAt: Date | null;
  readonly saleEndsAt: Date | null;
}

const noTerms: SaleTerms = {
  saleStartsAt: null,
  saleEndsAt: null,
  purchaseLimit: null,
  openHoldsMax: null,
  heldUnitsMax: null,
};

export class SaleTermsQueries {
  readonly #pool: Pool;
  readonly #grouped: GroupedReads<string, SaleTerms>;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#grouped = new GroupedReads(String, (streams) => this.#findAll(streams));
  }

  of(stock: StockId): Promise<SaleTerms> {
    return this.#grouped.read(stockStream(stock));
  }

  async ofMany(stocks: readonly StockId[]): Promise<readonly SaleTerms[]> {
    return this.#findAll(stocks.map(stockStream));
  }

  async #findAll(streams: readonly string[]): Promise<SaleTerms[]> {
    const { rows } = await this.#pool.query<Stored>({
      name: 'sale-terms-of-stocks',
      text: `select stock, sale_starts_at as "saleStartsAt", sale_ends_at as "saleEndsAt",
          purchase_limit as "purchaseLimit", open_holds_max as "openHoldsMax", held_units_max as "heldUnitsMax"
        from ${viewOf(saleTermsProjection)} where stock = any($1)`,
      values: [streams],
    });
    const found = new Map(rows.map(({ stock, ...terms }) => [stock, termsOf(terms)]));
    return streams.map((stream) => found.get(stream) ?? noTerms);
  }
}

function termsOf({ saleStartsAt, saleEndsAt, ...limits }: Omit<Stored, 'stock'>): SaleTerms {
  return { ...limits, saleStartsAt: saleStartsAt?.getTime() ?? null, saleEndsAt: saleEndsAt?.getTime() ?? null };
}
