import { itemStock, nextTransferTask, unitsMax } from '#domain';
import type { KnownTransfer, TransferAnswerOfStock, TransferCommandOfStock, TransferEventOfStock } from '#domain';
import { balanceOf, transferOf } from '#dev/testing';

const transfer: KnownTransfer = { ...transferOf(), reason: null };
const step = { transferId: 1, requestedAt: 1000, quantity: 3 };
const place = { transferId: 1, requestedAt: 1000, balance: balanceOf({}) };
const source = itemStock('lamp', 2);
const target = itemStock('lamp', 3);
const tooMany = { code: 'TOO_MANY_UNITS', unitsMax } as const;
const tooOld = { code: 'TRANSFER_TOO_OLD' } as const;
const insufficient = { code: 'INSUFFICIENT_STOCK', available: 1, requested: 3 } as const;
const send: TransferCommandOfStock = { type: 'SendUnits', ...step, toInventoryId: 3 };
const receive: TransferCommandOfStock = { type: 'ReceiveUnits', ...step, fromInventoryId: 2 };
const cancel = { type: 'CancelSending', ...step, toInventoryId: 3, reason: tooMany, isInStream: false } as const;
const sent: TransferEventOfStock = { type: 'UnitsSent', ...place, quantity: 3, toInventoryId: 3 };
const notSent: TransferEventOfStock = { type: 'SendingRejected', ...place, toInventoryId: 3, reason: insufficient };
const received: TransferEventOfStock = { type: 'UnitsReceived', ...place, quantity: 3, fromInventoryId: 2 };
const notReceived: TransferEventOfStock = { type: 'ReceiptRejected', ...place, fromInventoryId: 2, reason: tooMany };
const cancelled: TransferEventOfStock = {
  type: 'SendingCancelled',
  ...place,
  quantity: 3,
  toInventoryId: 3,
  reason: tooMany,
};
const reject = (reason: object) => ({ to: 'transfer', command: { type: 'RejectTransfer', reason } });

function after(command: TransferCommandOfStock, event: TransferEventOfStock | undefined) {
  const answer: TransferAnswerOfStock = { command, event };
  return nextTransferTask(transfer, answer);
}

describe('what is done for a transfer that is pending', () => {
  it('is to send its units, then to receive them, and to complete it', () => {
    expect(nextTransferTask(transfer)).toEqual({ to: 'stock', stock: source, command: send });
    expect(after(send, sent)).toEqual({ to: 'stock', stock: target, command: receive });
    expect(after(receive, received)).toEqual({ to: 'transfer', command: { type: 'CompleteTransfer' } });
  });

  it('is to reject it when its units are not sent', () => {
    expect(after(send, notSent)).toEqual(reject(insufficient));
  });

  it('is to take its units back when they are not received, and then to reject it', () => {
    expect(after(receive, notReceived)).toEqual({ to: 'stock', stock: source, command: cancel });
    expect(after(cancel, cancelled)).toEqual(reject(tooMany));
    expect(after(send, cancelled)).toEqual(reject(tooMany));
  });

  it('is to take its units back also from a stock that has forgotten that it sent them', () => {
    const forgotten = { ...cancel, isInStream: true };
    expect(after(cancel, sent)).toEqual({ to: 'stock', stock: source, command: forgotten });
    expect(after(forgotten, cancelled)).toEqual(reject(tooMany));
    expect(() => nextTransferTask(transfer, { command: forgotten, event: sent })).toThrow('not taken back');
    expect(() => nextTransferTask(transfer, { command: cancel, event: undefined })).toThrow('no sending of it');
  });

  it('is to reject it when it is too old for one of its stocks, with its units back where they were', () => {
    expect(after(send, undefined)).toEqual(reject(tooOld));
    expect(after(receive, undefined)).toEqual({ to: 'stock', stock: source, command: { ...cancel, reason: tooOld } });
  });
});

describe('what is done for a transfer that has ended', () => {
  it.each(['completed', 'rejected'] as const)('is nothing: %s', (status) => {
    const ended = { ...transfer, status };
    expect(nextTransferTask(ended)).toBeUndefined();
    expect(nextTransferTask(ended, { command: send, event: sent })).toBeUndefined();
  });
});
