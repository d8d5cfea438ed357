import type { CategoryId, ItemId } from '#domain';

describe('an id', () => {
  it('is not accepted as an id of another kind, and text from outside is', () => {
    const item: ItemId = 'prod_001';
    // @ts-expect-error -- an item is no category
    const category: CategoryId = item;
    expect(category).toBe('prod_001');
  });
});
