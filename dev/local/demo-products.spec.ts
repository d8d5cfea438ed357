import { demoProducts } from './demo-products.ts';
import { demoOffers, flashSaleCategory } from './demo-offers.ts';
import { demoSlots } from './demo-slots.ts';

const urlMax = 2048;

describe('the demo', () => {
  const products = demoProducts();

  it('has each id and each SKU once', () => {
    for (const field of ['id', 'sku'] as const)
      expect(new Set(products.map((product) => product[field])).size).toBe(products.length);
  });

  it('has the products of the requirements’ examples, and some hundred more in four categories', () => {
    const earphones = { name: '無線藍牙耳機', price: 1299, originalPrice: 1599, sku: 'HP-001', tags: ['熱銷', '新品'] };
    expect(products.find(({ id }) => id === 'prod_001')).toMatchObject({ ...earphones, featured: true });
    expect(products.find(({ id }) => id === 'prod_003')).toMatchObject({ name: '經典白T恤', price: 399 });
    expect(products.length).toBeGreaterThan(200);
    expect(new Set(products.map(({ categoryId }) => categoryId)).size).toBe(4);
  });

  it('has pictures that need no network', () => {
    for (const url of products.flatMap(({ images, thumbnail }) => [...images, thumbnail])) {
      expect(url).toMatch(/^data:image\/svg\+xml,/);
      expect(url.length).toBeLessThanOrEqual(urlMax);
    }
  });

  it('has a flash sale, a purchase limit, and something that is not on sale yet', () => {
    const now = Date.UTC(2026, 0, 1, 12);
    const offers = demoOffers(now);
    expect(offers.at(-1)).toMatchObject({ stock: 100, featured: true, categoryId: flashSaleCategory.id });
    expect(offers).toContainEqual(expect.objectContaining({ purchaseLimit: 2 }));
    expect(offers).toContainEqual(expect.objectContaining({ saleStartsAt: '2026-01-04T00:00:00.000Z' }));
    const ids = [...products, ...offers].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has slots over the next days, each with a number of its own', () => {
    const now = Date.UTC(2026, 0, 1, 23, 59);
    const slots = demoSlots(now);
    expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length);
    expect(slots[0]).toMatchObject({ startsAt: '2026-01-02T09:00:00.000Z', endsAt: '2026-01-02T10:00:00.000Z' });
    expect(slots.at(-1)).toMatchObject({ startsAt: '2026-01-08T18:00:00.000Z' });
    const nextDay = demoSlots(now + 86_400_000);
    expect(nextDay.filter(({ id }) => !slots.some((slot) => slot.id === id))).toMatchObject([
      { startsAt: '2026-01-09T09:00:00.000Z' },
      { startsAt: '2026-01-09T13:00:00.000Z' },
      { startsAt: '2026-01-09T18:00:00.000Z' },
    ]);
  });
});
