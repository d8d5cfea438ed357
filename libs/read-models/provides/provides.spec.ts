import { stockAggregate } from '#domain';
import { balanceOf, projectionOf } from '#dev/testing';
import { providesProjection } from '../index.ts';

const provided = { type: 'UnitsProvided', quantity: 5, balance: balanceOf({ total: 5 }) } as const;

describe('what was provided', () => {
  it('is who provided how much of what, and where', () => {
    projectionOf(providesProjection, stockAggregate)
      .given('stock-item:tent:2', { ...provided, provideId: 7, providerId: 'ann' })
      .then([{ provide_id: 7, user_id: 'ann', item_id: 'tent', inventory_id: 2, quantity: 5 }]);
  });

  it('is not what staff added directly', () => {
    projectionOf(providesProjection, stockAggregate)
      .given('stock-item:tent:2', { ...provided, provideId: null, providerId: null })
      .then([]);
  });
});
