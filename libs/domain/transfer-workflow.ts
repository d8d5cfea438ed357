import type { StockCommand } from './stock/commands.ts';
import type { NotReceived, TransferEventOfStock } from './stock/events.ts';
import { itemStock, type StockId } from './stock/stock.ts';
import type { KnownTransfer, NotTransferred, TransferCommand } from './transfer.ts';

export type TransferCommandOfStock = Extract<
  StockCommand,
  { readonly type: 'SendUnits' | 'ReceiveUnits' | 'CancelSending' }
>;

/** What the stream of a stock has of a transfer, once it was sent a command. */
export interface TransferAnswerOfStock {
  readonly command: TransferCommandOfStock;
  /** The last event of the transfer; undefined if there is none, and never will be, because the transfer is too old. */
  readonly event: TransferEventOfStock | undefined;
}

/** A command to a stock or to the transfer itself. */
export type TransferTask =
  | { readonly to: 'stock'; readonly stock: StockId; readonly command: TransferCommandOfStock }
  | { readonly to: 'transfer'; readonly command: TransferCommand };

/**
 * What is to be done next for a transfer; undefined if nothing. Each stock answers for good, so whoever asks, and however
 * often, comes to the same end: anybody can begin anew at any time.
 */
export function nextTransferTask(transfer: KnownTransfer, last?: TransferAnswerOfStock): TransferTask | undefined {
  if (transfer.status !== 'pending') return undefined;
  if (last === undefined) return send(transfer);
  const { command, event } = last;
  switch (event?.type) {
    case 'UnitsSent':
      return command.type === 'CancelSending' ? cancelForgotten(transfer, command) : receive(transfer);
    case 'UnitsReceived':
      return { to: 'transfer', command: { type: 'CompleteTransfer' } };
    case 'ReceiptRejected':
      return cancel(transfer, event.reason);
    case 'SendingRejected':
    case 'SendingCancelled':
      return rejected(event.reason);
    case undefined:
      return withoutAnswer(transfer, command);
  }
}

function send({ itemId, fromInventoryId, toInventoryId, ...transfer }: KnownTransfer): TransferTask {
  const command = { type: 'SendUnits', ...stepOf(transfer), toInventoryId } as const;
  return { to: 'stock', stock: itemStock(itemId, fromInventoryId), command };
}

function receive({ itemId, fromInventoryId, toInventoryId, ...transfer }: KnownTransfer): TransferTask {
  const command = { type: 'ReceiveUnits', ...stepOf(transfer), fromInventoryId } as const;
  return { to: 'stock', stock: itemStock(itemId, toInventoryId), command };
}

function cancel(
  { itemId, fromInventoryId, toInventoryId, ...transfer }: KnownTransfer,
  reason: NotReceived,
  isInStream = false,
): TransferTask {
  const command = { type: 'CancelSending', ...stepOf(transfer), toInventoryId, reason, isInStream } as const;
  return { to: 'stock', stock: itemStock(itemId, fromInventoryId), command };
}

type CancelSending = Extract<TransferCommandOfStock, { readonly type: 'CancelSending' }>;

/** The stock recorded nothing, because it has forgotten the sending: its stream shows that the units are not back yet. */
function cancelForgotten(transfer: KnownTransfer, { reason, isInStream }: CancelSending): TransferTask {
  if (isInStream) throw new Error(`transfer ${transfer.transferId}: the units that were sent are not taken back`);
  return cancel(transfer, reason, true);
}

function withoutAnswer(transfer: KnownTransfer, { type }: TransferCommandOfStock): TransferTask {
  switch (type) {
    case 'SendUnits':
      return rejected({ code: 'TRANSFER_TOO_OLD' });
    case 'ReceiveUnits':
      return cancel(transfer, { code: 'TRANSFER_TOO_OLD' });
    case 'CancelSending':
      throw new Error(`transfer ${transfer.transferId}: the stock has no sending of it`);
  }
}

function rejected(reason: NotTransferred): TransferTask {
  return { to: 'transfer', command: { type: 'RejectTransfer', reason } };
}

function stepOf({ transferId, requestedAt, quantity }: Pick<KnownTransfer, 'transferId' | 'requestedAt' | 'quantity'>) {
  return { transferId, requestedAt, quantity };
}
