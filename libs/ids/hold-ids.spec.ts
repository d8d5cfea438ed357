import { itemStock, slotStock } from '#domain';
import { HoldIds } from './index.ts';

const ids = new HoldIds('b7Qk2vXw9ZrT4mNp8LsD3fGh6JyC1aEu');
const at = Date.UTC(2026, 0, 1);

describe('a hold’s id', () => {
  it.each([itemStock('prod_001'), itemStock('prod_a_b.c', 7), slotStock(5)])('leads to its stock: %j', (stock) => {
    const made = ids.make(stock, at);
    expect(ids.read(made.id)).toEqual({ holdId: made.holdId, stock, madeAt: at });
    expect(ids.idOf({ holdId: made.holdId, stock })).toBe(made.id);
  });

  it('that was made up, or touched, leads nowhere', () => {
    const { id } = ids.make(itemStock('prod_001'), at);
    const touched = [id.replace('prod_001', 'prod_002'), id.replace('hold_0', 'hold_1'), `${id}X`, id.slice(0, -1)];
    for (const wrong of [...touched, 'hold_1', '', '1', 'hold_01ARZ3NDEKTSV4RRFFQ69G5FAV_s5_0000000000000000']) {
      expect(ids.read(wrong)).toBeUndefined();
    }
  });

  it('of another installation leads nowhere', () => {
    const theirs = new HoldIds('Zk3WmQ8rT1xYv5nB7cD9fG2hJ4lPsA6e').make(slotStock(1), at);
    expect(ids.read(theirs.id)).toBeUndefined();
  });

  it('is never made twice, and sorts by time', () => {
    const made = Array.from({ length: 1000 }, (_, n) => ids.make(slotStock(1), at + n).holdId);
    expect(new Set(made).size).toBe(1000);
    expect(made.toSorted()).toEqual(made);
  });
});
