import { lendAnswer } from './lend.ts';

describe('the answer of a lend', () => {
  const lentAt = Date.UTC(2025, 11, 5, 8, 30);
  const dueAt = Date.UTC(2025, 11, 6);
  const lend = {
    lendId: 123,
    inventoryId: 2,
    quantity: 10,
    returnedQuantity: 0,
    lentAt,
    dueAt: null,
    returnedAt: null,
    renewals: 0,
  };
  const numbers = { borrower: 1, item: 5 };

  it('has the documented fields, and what has become of the lend since', () => {
    expect(lendAnswer(lend, numbers, lentAt)).toEqual({
      lend_id: 123,
      user_id: 1,
      item_id: 5,
      qty: 10,
      from_inventory_id: 2,
      lend_at: '2025-12-05T08:30:00.000Z',
      returned_at: null,
      due_at: null,
      overdue: false,
      returned_qty: 0,
      renewals: 0,
    });
  });

  it('is overdue from its due time on, until all is back', () => {
    const due = { ...lend, dueAt };
    expect(lendAnswer(due, numbers, dueAt - 1)).toMatchObject({ due_at: '2025-12-06T00:00:00.000Z', overdue: false });
    expect(lendAnswer(due, numbers, dueAt)).toMatchObject({ overdue: true });
    const back = { ...due, returnedQuantity: 10, returnedAt: dueAt + 1 };
    const expected = { returned_at: '2025-12-06T00:00:00.001Z', returned_qty: 10, overdue: false };
    expect(lendAnswer(back, numbers, dueAt + 2)).toMatchObject(expected);
  });

  it('has no number of a borrower who was erased', () => {
    expect(lendAnswer(lend, { ...numbers, borrower: undefined }, lentAt)).toMatchObject({ user_id: null });
  });
});
