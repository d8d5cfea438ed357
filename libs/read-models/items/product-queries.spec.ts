import fc from 'fast-check';
import { itemAggregate, itemStock, stockAggregate, stockStream, type ItemCommand, type ItemDetails } from '#domain';
import { startProjected, type Projected } from '#dev/testing';
import { availabilityProjection, itemsProjection, salesProjection } from '../index.ts';
import { productSorts, type ProductFilter, type ProductSort } from './product-filter.ts';
import { ProductQueries, type Product } from './product-queries.ts';

interface Made extends Partial<ItemDetails> {
  readonly name: string;
  readonly price: number;
  readonly sold?: number;
  readonly stock?: number;
}

/** Number and position are the same, from 1. */
const made: readonly Made[] = [
  { name: '無線藍牙耳機', price: 1299, categoryId: 'audio', sku: 'HP-001', tags: ['熱銷', '新品'], sold: 2, stock: 5 },
  { name: '有線耳機', price: 299, categoryId: 'audio', tags: ['熱銷'], sold: 7, stock: 7 },
  { name: 'Wireless Headphones', price: 1299, categoryId: 'audio', featured: true, sold: 2, stock: 3 },
  { name: 'Lamp', price: 300, categoryId: 'light', description: '送耳機 and headphones', featured: true },
  { name: '100%_"cotton"', price: 300, categoryId: 'cloth', tags: ['Sale'] },
  { name: 'Gone', price: 300, categoryId: 'audio', sold: 9, stock: 9 },
  ...Array.from({ length: 9 }, (_, n) => ({ name: `Cable ${n}`, price: 100, sold: n % 3 })),
];
const gone = 6;
const all = made.map((_, at) => at + 1).filter((number) => number !== gone);

describe('the list of products', () => {
  let projected: Projected;
  let queries: ProductQueries;

  beforeAll(async () => {
    projected = await startProjected([
      { projection: itemsProjection, inRedis: false },
      { projection: availabilityProjection, inRedis: false },
      { projection: salesProjection, inRedis: false },
    ]);
    queries = new ProductQueries(projected.pool);
    for (const [index, { sold = 0, stock = sold, ...details }] of made.entries()) {
      const number = index + 1;
      await item(number, { type: 'CreateItem', itemId: `prod_${number}`, number, ...details });
      if (stock > 0) await provide(number, stock);
      if (sold > 0) await purchase(number, sold);
    }
    await item(gone, { type: 'DiscontinueItem' });
    await elsewhere();
    await projected.catchUp();
  });

  afterAll(() => projected.close());

  function item(number: number, command: ItemCommand): Promise<void> {
    return projected.execute(itemAggregate, itemAggregate.streamOf(`prod_${number}`), command);
  }

  function provide(number: number, quantity: number): Promise<void> {
    const stream = stockStream(itemStock(`prod_${number}`));
    return projected.execute(stockAggregate, stream, { type: 'Provide', quantity, provideId: null });
  }

  function purchase(number: number, quantity: number): Promise<void> {
    const stream = stockStream(itemStock(`prod_${number}`));
    return projected.execute(stockAggregate, stream, { type: 'Purchase', purchaseId: 'p', customerId: 'c', quantity });
  }

  /** Sales that are none of the main inventory’s, and stock that is not sold. */
  async function elsewhere(): Promise<void> {
    const other = stockStream(itemStock('prod_5', 2));
    await projected.execute(stockAggregate, other, { type: 'Provide', quantity: 99, provideId: null });
    const sale = { type: 'Purchase', purchaseId: 'p', customerId: 'c', quantity: 99 } as const;
    await projected.execute(stockAggregate, other, sale);
    await provide(4, 50);
    await projected.execute(stockAggregate, stockStream(itemStock('prod_4')), {
      type: 'Hold',
      holdId: 'h',
      customerId: 'c',
      quantity: 20,
      ttlMs: 60_000,
    });
  }

  const numbers = (rows: readonly Product[]): number[] => rows.map(({ number }) => number);

  async function list(filter: ProductFilter, sort: ProductSort = 'newest'): Promise<number[]> {
    const { rows, total, totalIsExact } = await queries.page(filter, sort, { limit: 100, page: 1 });
    expect({ total, totalIsExact }).toEqual({ total: rows.length, totalIsExact: true });
    return numbers(rows);
  }

  it('has what is on sale, the newest first, and discontinued products only on demand', async () => {
    expect(await list({})).toEqual(all.toReversed());
    expect(await list({ withDiscontinued: true })).toEqual([...all, gone].toSorted((a, b) => b - a));
    expect(await list({ withDiscontinued: true, categoryId: 'audio' }, 'popular')).toEqual([6, 2, 3, 1]);
  });

  it('shows a product with its details', async () => {
    const { rows } = await queries.page({ idsOrNumbers: ['1'] }, 'newest', { limit: 1, page: 1 });
    expect(rows).toMatchObject([{ id: 'prod_1', sku: 'HP-001', tags: ['熱銷', '新品'], createdAt: expect.any(Date) }]);
    expect(rows[0]).not.toHaveProperty('specifications');
  });

  it('is sorted by price or units sold', async () => {
    expect((await list({}, 'price-asc')).slice(-6)).toEqual([15, 2, 4, 5, 1, 3]);
    expect((await list({}, 'price-desc')).slice(0, 5)).toEqual([3, 1, 5, 4, 2]);
    expect(await list({}, 'popular')).toEqual([2, 9, 3, 15, 12, 1, 8, 14, 11, 13, 10, 7, 5, 4].toSorted(byPopularity));
  });

  /** Of equal sales, the greater id is first; what was never sold, the newest. */
  function byPopularity(a: number, b: number): number {
    const sold = (number: number): number => made[number - 1]?.sold ?? 0;
    if (sold(a) !== sold(b)) return sold(b) - sold(a);
    return sold(a) === 0 ? b - a : [`prod_${a}`, `prod_${b}`].toSorted()[0] === `prod_${a}` ? 1 : -1;
  }

  it.each<[ProductFilter, number[]]>([
    [{ categoryId: 'audio' }, [3, 2, 1]],
    [{ categoryId: 'none' }, []],
    [{ minPrice: 300 }, [5, 4, 3, 1]],
    [{ minPrice: 299, maxPrice: 300 }, [5, 4, 2]],
    [{ featured: true }, [4, 3]],
    [{ featured: false, categoryId: 'audio' }, [2, 1]],
    [{ inStock: true }, [4, 3, 1]],
    [{ inStock: false, categoryId: 'audio' }, [2]],
    [{ tags: ['熱銷'] }, [2, 1]],
    [{ tags: ['熱銷', '新品'] }, [1]],
    [{ tags: ['ｓａｌｅ'] }, [5]],
    [{ tags: ["'; drop table x --"] }, []],
    [{ idsOrNumbers: ['prod_1', '3', 'prod_6', '99'] }, [3, 1]],
    [{ search: '耳機', inStock: true, maxPrice: 1000 }, [4]],
    [{ search: '耳機', categoryId: 'audio', tags: ['新品'], minPrice: 1, featured: false, inStock: true }, [1]],
  ])('has what matches all of %j', async (filter, wanted) => {
    expect(await list(filter)).toEqual(wanted);
    for (const sort of productSorts) expect(new Set(await list(filter, sort))).toEqual(new Set(wanted));
  });

  it('of a search has what is found in the name before the rest, then the newest', async () => {
    expect(await list({ search: '耳機' }, 'best')).toEqual([2, 1, 4]);
    expect(await list({ search: 'headphones' }, 'best')).toEqual([3, 4]);
    expect(await list({ search: '耳機' }, 'price-asc')).toEqual([2, 4, 1]);
    expect(await list({ search: 'hp-0' }, 'best')).toEqual([1]);
    for (const symbol of ['%', '_', '"', '100%']) expect(await list({ search: symbol }, 'best')).toEqual([5]);
    for (const absent of ["'", '\\', ':*', '&', '%%x', '🙂', '\u200b']) {
      expect(await list({ search: absent }, 'best')).toEqual([]);
    }
  });

  it('forgives a typo only where nothing is found without one', async () => {
    expect(await list({ search: 'headfones wireless' }, 'best')).toEqual([]);
    expect(await list({ search: 'headpones wireles' }, 'best')).toEqual([3]);
    expect(await list({ search: 'cabel' }, 'best')).toHaveLength(9);
    expect(await list({ search: 'headphones' }, 'newest')).toEqual([4, 3]);
    // Lamp has the word, in its description, but not with a typo.
    expect(await list({ search: 'headphonez', categoryId: 'light' }, 'best')).toEqual([]);
  });

  const sorts = [...productSorts, 'best'] as const;
  const filters = fc.record(
    {
      categoryId: fc.constantFrom('audio', 'light'),
      minPrice: fc.constantFrom(0, 100, 299, 300),
      maxPrice: fc.constantFrom(100, 300, 1299),
      featured: fc.boolean(),
      inStock: fc.boolean(),
      search: fc.constantFrom('耳機', 'cable', 'a', 'headpones'),
      withDiscontinued: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  it.each(sorts)('by page and by cursor has each product once, in one order: %s', async (sort) => {
    const property = fc.asyncProperty(filters, fc.integer({ min: 1, max: 6 }), async (filter, limit) => {
      const wanted = sort === 'best' ? { search: 'cable', ...filter } : filter;
      const whole = await list(wanted, sort);
      expect(new Set(whole).size).toBe(whole.length);
      const byPage: number[] = [];
      for (let page = 1; ; page += 1) {
        const { rows, total, hasMore } = await queries.page(wanted, sort, { limit, page });
        byPage.push(...numbers(rows));
        expect({ total, hasMore }).toEqual({ total: whole.length, hasMore: byPage.length < whole.length });
        if (!hasMore) break;
      }
      expect(byPage).toEqual(whole);
      const byCursor: number[] = [];
      let page = await queries.page(wanted, sort, { limit, page: 1 });
      for (;;) {
        byCursor.push(...numbers(page.rows));
        if (!page.hasMore) break;
        const after = page.rows.at(-1)?.place.join(' ') ?? '';
        page = await queries.page(wanted, sort, { limit, after });
        expect(page.total).toBeNull();
      }
      expect(byCursor).toEqual(whole);
      const beyond = await queries.page(wanted, sort, { limit, page: 50 });
      expect(beyond).toMatchObject({ rows: [], hasMore: false, total: whole.length });
    });
    await fc.assert(property, { numRuns: 15 });
  });

  describe('of very many', () => {
    const many = 10_500;

    beforeAll(async () => {
      // As if created: their rows alone, with sales of some.
      await projected.pool.query(
        `insert into items_v${itemsProjection.schema}_g1 (id, number, name, price, tags, category_id, featured, discontinued, updated_at, terms, revision, position)
         select 'many_' || n, 1000 + n, 'many', n % 7, '[]', 'many', false, false, now(), '''many'':1 ''>many'':1', 0, ''
         from generate_series(1, ${many}) n`,
      );
      await projected.pool.query(
        `insert into sales_v${salesProjection.schema}_g1 select 'many_' || n, 1, 0, '' from generate_series(1, ${many}, 100) n`,
      );
    });

    it.each<[ProductFilter, ProductSort]>([
      [{ categoryId: 'many' }, 'newest'],
      [{ categoryId: 'many' }, 'price-asc'],
      [{ categoryId: 'many' }, 'popular'],
      [{ search: 'many' }, 'best'],
      [{ search: 'many', maxPrice: 6 }, 'price-desc'],
      [{ search: 'many', minPrice: 0 }, 'popular'],
    ])('counts no further than is said, and still has each of %j once: %s', async (filter, sort) => {
      const limit = 100;
      const first = await queries.page(filter, sort, { limit, page: 1 });
      expect(first).toMatchObject({ total: 10_000, totalIsExact: false, hasMore: true });
      const seen = new Set<number>();
      let page = first;
      for (;;) {
        for (const { number } of page.rows) seen.add(number);
        if (!page.hasMore) break;
        page = await queries.page(filter, sort, { limit, after: page.rows.at(-1)?.place.join(' ') ?? '' });
      }
      expect(seen.size).toBe(many);
      const middle = await queries.page(filter, sort, { limit, page: 2 });
      const after = await queries.page(filter, sort, { limit, after: first.rows.at(-1)?.place.join(' ') ?? '' });
      expect(numbers(middle.rows)).toEqual(numbers(after.rows));
    });

    it('goes by page into what was never sold', async () => {
      const page = await queries.page({ categoryId: 'many' }, 'popular', { limit: 80, page: 2 });
      expect(page.rows.map(({ place }) => place[0])).toEqual([...Array(25).fill('0'), ...Array(55).fill('1')]);
      const deep = await queries.page({ categoryId: 'many' }, 'popular', { limit: 80, page: 3 });
      expect(deep.rows[0]?.number).toBe((page.rows.at(-1)?.number ?? 0) - 1);
    });
  });
});
