import type { TransferFacts } from '#domain';

/** A transfer that was just requested, with the given facts instead. */
export function transferOf(facts: Partial<TransferFacts> = {}): TransferFacts {
  return {
    transferId: 1,
    itemId: 'lamp',
    itemNumber: 5,
    quantity: 3,
    fromInventoryId: 2,
    toInventoryId: 3,
    status: 'pending',
    requestedAt: 1000,
    endedAt: null,
    ...facts,
  };
}
