import { stockAggregate, type StockEvent } from '#domain';
import { balanceOf, holdOf, projectionOf, provided } from '#dev/testing';
import { holdsProjection, movementsProjection, purchasesProjection } from './index.ts';

const stream = 'stock-item:prod_001:1';
const held: StockEvent = { type: 'UnitsHeld', ...holdOf(), balance: balanceOf({ total: 5, held: 2 }) };
const confirmed: StockEvent = {
  ...holdOf(),
  type: 'HoldConfirmed',
  confirmedQuantity: 1,
  balance: balanceOf({ total: 5, taken: 1 }),
};
const bought: StockEvent = {
  type: 'UnitsPurchased',
  purchaseId: 'p1',
  customerId: 'bob',
  quantity: 1,
  balance: balanceOf({ total: 5, taken: 2 }),
};

describe('of one and the same history', () => {
  it('holds has the hold, as it ended', () => {
    projectionOf(holdsProjection, stockAggregate)
      .given(stream, provided(5), held, confirmed, bought)
      .then([{ stock: stream, hold_id: 'h1', status: 'confirmed', confirmed_quantity: 1, revision: 2 }]);
  });

  it('purchases has what was bought at once', () => {
    projectionOf(purchasesProjection, stockAggregate)
      .given(stream, provided(5), held, confirmed, bought)
      .then([{ purchase_id: 'p1', stock: stream, customer_id: 'bob', quantity: 1, remaining: 3, revision: 3 }]);
  });

  it('movements has every event, with its balance', () => {
    projectionOf(movementsProjection, stockAggregate)
      .given(stream, provided(5), held, confirmed, bought)
      .then([
        { type: 'UnitsProvided', quantity: 5, reference: null, available: 5 },
        { type: 'UnitsHeld', quantity: 2, reference: 'h1', available: 3 },
        { type: 'HoldConfirmed', quantity: 1, reference: 'h1', available: 4 },
        { type: 'UnitsPurchased', quantity: 1, reference: 'p1', available: 3 },
      ]);
  });
});
