import {
  categoryAggregate,
  inventoryAggregate,
  itemAggregate,
  itemStock,
  orderAggregate,
  requestAggregate,
  slotAggregate,
  slotStock,
  stockAggregate,
  stockOfStream,
  stockStream,
  transferAggregate,
} from '#domain';

describe('streams', () => {
  it('have the names that they always had: what is stored in them is found by these alone', () => {
    expect(itemAggregate.streamOf('prod_001')).toBe('catalog-prod_001');
    expect(categoryAggregate.streamOf('cat_elec')).toBe('category-cat_elec');
    expect(slotAggregate.streamOf(5)).toBe('slot-5');
    expect(inventoryAggregate.streamOf(2)).toBe('inventory-2');
    expect(orderAggregate.streamOf('ord_1')).toBe('order-ord_1');
    expect(requestAggregate.streamOf(10)).toBe('request-10');
    expect(transferAggregate.streamOf(31)).toBe('transfer-31');
    expect(stockStream(itemStock('prod_001'))).toBe('stock-item:prod_001:1');
    expect(stockStream(itemStock('prod_001', 12))).toBe('stock-item:prod_001:12');
    expect(stockStream(slotStock(5))).toBe('stock-slot:5');
  });

  it('begin with their category and the first dash, by which all of one kind are read', () => {
    const categoryOf = (stream: string) => stream.slice(0, stream.indexOf('-'));
    expect(categoryOf(itemAggregate.streamOf('prod-001'))).toBe(itemAggregate.category);
    expect(categoryOf(categoryAggregate.streamOf('cat-elec'))).toBe(categoryAggregate.category);
    expect(categoryOf(slotAggregate.streamOf(5))).toBe(slotAggregate.category);
    expect(categoryOf(inventoryAggregate.streamOf(2))).toBe(inventoryAggregate.category);
    expect(categoryOf(orderAggregate.streamOf('ord_1'))).toBe(orderAggregate.category);
    expect(categoryOf(requestAggregate.streamOf(10))).toBe(requestAggregate.category);
    expect(categoryOf(transferAggregate.streamOf(31))).toBe(transferAggregate.category);
    expect(categoryOf(stockAggregate.streamOf(itemStock('prod-001')))).toBe(stockAggregate.category);
    expect(categoryOf(stockAggregate.streamOf(slotStock(5)))).toBe(stockAggregate.category);
  });

  it('are of an item or of a slot', () => {
    expect(itemStock('prod_001')).toEqual({ kind: 'item', itemId: 'prod_001', inventoryId: 1 });
    expect(slotStock(5)).toEqual({ kind: 'slot', slotId: 5 });
  });

  it('of stocks lead back to their stocks, and no others do', () => {
    for (const stock of [itemStock('prod_001', 12), slotStock(51)]) {
      expect(stockOfStream(stockStream(stock))).toEqual(stock);
    }
    const others = [
      'catalog-prod_001',
      'xstock-slot:5',
      'stock-slot:5x',
      'stock-slot:',
      'stock-item::1',
      'stock-item:a:',
    ];
    for (const name of [...others, 'stock-item:a:b:1', 'stock-item:a:1x']) expect(stockOfStream(name)).toBeUndefined();
  });
});
