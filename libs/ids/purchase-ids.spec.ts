import { itemStock, slotStock } from '#domain';
import { HoldIds, PurchaseIds } from './index.ts';

const secret = 'b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu';
const ids = new PurchaseIds(secret);
const at = Date.UTC(2026, 0, 1);

describe('a purchase’s id', () => {
  it.each([itemStock('prod_001'), itemStock('prod_a_b.c', 7), slotStock(5)])('leads to its stock: %j', (stock) => {
    expect(ids.read(ids.make(stock, at))).toEqual({ stock, madeAt: at });
  });

  it('that was made up, touched, or made for something else, leads nowhere', () => {
    const id = ids.make(itemStock('prod_001'), at);
    const hold = new HoldIds(secret).make(itemStock('prod_001'), at).id;
    const earlier = 'pur_6b0c1d3e00008000800012345678901a';
    const touched = [id.replace('prod_001', 'prod_002'), id.replace('pur_0', 'pur_1'), `${id}X`, id.slice(0, -1)];
    for (const wrong of [...touched, hold, hold.replace('hold_', 'pur_'), earlier, '']) {
      expect(ids.read(wrong)).toBeUndefined();
    }
    expect(new PurchaseIds('Zk3WmQ8rT1xYv5nB7cD9fG2hJ4lPsA6e').read(id)).toBeUndefined();
  });

  it('is never made twice', () => {
    const made = Array.from({ length: 1000 }, () => ids.make(slotStock(1), at));
    expect(new Set(made).size).toBe(1000);
  });
});
