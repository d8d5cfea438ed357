import { cellsOf, columns, exportedColumns, productOf, type Product } from './columns.ts';

const exported: Product = {
  id: 'prod_001',
  name: '無線藍牙耳機, "pro"',
  price: 1299,
  originalPrice: null,
  description: 'first\nsecond',
  shortDescription: '',
  images: ['https://example.com/1.jpg', 'https://example.com/2.jpg'],
  thumbnail: 'https://example.com/t.jpg',
  categoryId: 'cat_elec',
  sku: '007',
  tags: ['a|b', '熱銷'],
  specifications: { 重量: '250g' },
  featured: true,
  returnDays: 14,
  stock: 7,
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('the columns of a file', () => {
  it('are read as they were written', () => {
    const { originalPrice: _none, shortDescription: _empty, stock: _stock, createdAt: _at, ...said } = exported;
    expect(productOf(exportedColumns, cellsOf(exported))).toEqual(said);
  });

  it('say nothing where a cell is empty', () => {
    expect(productOf(columns, ['', 'Lamp', '5'])).toEqual({ name: 'Lamp', price: 5 });
  });

  it('have lists between bars or as JSON, and numbers and flags as such', () => {
    expect(productOf(['tags', 'images', 'featured', 'stock'], ['a | b', '["x"]', 'TRUE', '07'])).toEqual({
      tags: ['a', 'b'],
      images: ['x'],
      featured: true,
      stock: 7,
    });
  });

  it('keep what cannot be read, for the server to name it', () => {
    expect(productOf(['price', 'featured', 'specifications', 'tags'], ['much', 'maybe', '{', '[1'])).toEqual({
      price: 'much',
      featured: 'maybe',
      specifications: '{',
      tags: '[1',
    });
  });
});
