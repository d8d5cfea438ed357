import fc from 'fast-check';
import {
  isRejected,
  stockAggregate,
  unitsMax,
  type Stock,
  type StockCommand,
  type StockEvent,
  type Timed,
} from '#domain';
import { anyHistory } from '#dev/testing';
import { availableBefore } from './events.ts';

/** The events of a history, each after the check that the units before it follow from it alone. */
function checked(history: readonly Timed<StockCommand>[]): readonly StockEvent[] {
  let stock: Stock = stockAggregate.initial;
  return history.flatMap((command) => {
    const decision = stockAggregate.decide(command, stock);
    const events = isRejected(decision) ? [] : decision;
    for (const event of events) {
      expect(availableBefore(event)).toBe(stock.balance.available);
      stock = stockAggregate.evolve(stock, event);
    }
    return events;
  });
}

const hold = { customerId: 'ann', quantity: 3, ttlMs: 1000 };
const order = { orderId: 'o1', submittedAt: 1 };
const reserve = { type: 'ReserveForOrder', customerId: 'ann', quantity: 4, holds: [] } as const;

const taken = { source: 'purchase', sourceId: 'p1', customerId: 'ann', takenQuantity: 2, takenAt: 1 } as const;
const giveBack = { type: 'GiveBack', ...taken, reason: null, until: null } as const;

const transfer = { transferId: 1, requestedAt: 1 };
const reason = { code: 'TRANSFER_TOO_OLD' } as const;
const cancel = { type: 'CancelSending', ...transfer, quantity: 4, toInventoryId: 2, reason } as const;

/** Everything that can happen to a stock. */
const commands: readonly StockCommand[] = [
  { type: 'Provide', quantity: 50, provideId: null },
  { type: 'Adjust', delta: -7, reason: 'broken' },
  { type: 'Purchase', purchaseId: 'p1', customerId: 'ann', quantity: 2 },
  { ...giveBack, quantity: 1 },
  { type: 'Hold', holdId: 'h1', ...hold },
  { type: 'ExtendHold', holdId: 'h1', customerId: 'ann', ttlMs: 2000 },
  { type: 'ConfirmHold', holdId: 'h1', customerId: 'ann', quantity: 1 },
  { type: 'Hold', holdId: 'h2', ...hold },
  { type: 'ConfirmHold', holdId: 'h2', customerId: 'ann' },
  { type: 'Hold', holdId: 'h3', ...hold },
  { type: 'CancelHold', holdId: 'h3', customerId: 'ann' },
  { ...reserve, ...order },
  { type: 'ShipOrder', ...order },
  { ...reserve, ...order, orderId: 'o2' },
  { type: 'ReleaseOrder', ...order, orderId: 'o2' },
  { type: 'Hold', holdId: 'h5', ...hold },
  { ...reserve, ...order, orderId: 'o3', holds: [{ holdId: 'h5', quantity: 2 }] },
  { type: 'Lend', lendId: 1, borrowerId: 'bob', quantity: 5, dueAt: 1 },
  { type: 'MarkOverdue' },
  { type: 'RenewLend', lendId: 1, borrowerId: 'bob', dueAt: 1, renewalsMax: 1 },
  { type: 'Return', lendId: 1, borrowerId: 'bob', quantity: 1, condition: 'lost', note: null },
  { type: 'Return', lendId: 1, borrowerId: 'bob', condition: 'ok', note: null },
  { type: 'Hold', holdId: 'h6', ...hold },
  { type: 'LendHeld', lendId: 2, holdId: 'h6', customerId: 'ann', dueAt: null },
  { type: 'SendUnits', ...transfer, quantity: 4, toInventoryId: 2 },
  { ...cancel, isInStream: false },
  { type: 'SendUnits', ...transfer, transferId: 2, quantity: 1000, toInventoryId: 2 },
  { type: 'ReceiveUnits', ...transfer, transferId: 3, quantity: 6, fromInventoryId: 2 },
  { type: 'ReceiveUnits', ...transfer, transferId: 4, quantity: unitsMax, fromInventoryId: 2 },
  { type: 'SetSaleTerms', openHoldsMax: 2, heldUnitsMax: null },
  { type: 'SetClosingTime', closesAt: 9000 },
  { type: 'Hold', holdId: 'h4', ...hold },
  { type: 'Discontinue' },
  { type: 'Reinstate' },
  { type: 'NoteTime' },
];

describe('the units available before an event are those after the one before it', () => {
  it('for each type of event', () => {
    const events = checked([...commands.map((command) => ({ ...command, at: 1 })), { type: 'ExpireDue', at: 5000 }]);
    const types = new Set(events.map(({ type }) => type));
    expect([...types].toSorted()).toEqual(Object.keys(stockAggregate.events).toSorted());
  });

  it('whatever is done to a stock', () => {
    fc.assert(fc.property(anyHistory, (history) => void checked(history)));
  });
});
