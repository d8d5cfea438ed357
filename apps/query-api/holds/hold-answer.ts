import type { HoldIds } from '#ids';
import type { Hold } from '#read-models';
import type { HoldAnswer } from './holds.dto.ts';

export function holdAnswer(hold: Hold, holdIds: HoldIds): HoldAnswer {
  const { stock, quantity, status, confirmedQuantity, customerId, expiresAt, createdAt } = hold;
  return {
    id: holdIds.idOf(hold),
    ...(stock.kind === 'slot' ? { slot_id: stock.slotId } : { item_id: stock.itemId }),
    quantity,
    status,
    confirmedQuantity,
    user_id: customerId,
    expiresAt: expiresAt.toISOString(),
    createdAt: createdAt.toISOString(),
  };
}
