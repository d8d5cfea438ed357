import { unitsMax, type StockDecision, type Stocked } from './commands.ts';
import { changed, type TransferEventOfStock } from './events.ts';
import { transferKey, type Stock } from './state.ts';

/** Also of a discontinued stock: units that are moved are not sold. */
export function sendUnits(command: Stocked<'SendUnits'>, stock: Stock): StockDecision {
  const { transferId, requestedAt, quantity, toInventoryId } = command;
  if (earlierAnswer(command, stock) !== undefined) return [];
  const facts = { transferId, requestedAt, toInventoryId };
  const { balance } = stock;
  const { available } = balance;
  if (!stock.hasHadUnits) return [{ type: 'SendingRejected', ...facts, reason: { code: 'NOT_IN_INVENTORY' }, balance }];
  if (quantity > available) {
    const reason = { code: 'INSUFFICIENT_STOCK', available, requested: quantity } as const;
    return [{ type: 'SendingRejected', ...facts, reason, balance }];
  }
  return [{ type: 'UnitsSent', ...facts, quantity, balance: changed(balance, { total: -quantity }) }];
}

export function receiveUnits(command: Stocked<'ReceiveUnits'>, stock: Stock): StockDecision {
  const { transferId, requestedAt, quantity, fromInventoryId } = command;
  if (earlierAnswer(command, stock) !== undefined) return [];
  const facts = { transferId, requestedAt, fromInventoryId };
  const { balance } = stock;
  if (balance.total + quantity > unitsMax) {
    return [{ type: 'ReceiptRejected', ...facts, reason: { code: 'TOO_MANY_UNITS', unitsMax }, balance }];
  }
  return [{ type: 'UnitsReceived', ...facts, quantity, balance: changed(balance, { total: quantity }) }];
}

export function cancelSending(command: Stocked<'CancelSending'>, stock: Stock): StockDecision {
  const { transferId, requestedAt, quantity, toInventoryId, reason, isInStream } = command;
  const answer = earlierAnswer(command, stock);
  if (answer !== 'UnitsSent' && !(answer === 'forgotten' && isInStream)) return [];
  const balance = changed(stock.balance, { total: quantity });
  return [{ type: 'SendingCancelled', transferId, requestedAt, quantity, toInventoryId, reason, balance }];
}

/** Undefined for a transfer that is new to this stock. */
function earlierAnswer(
  transfer: Parameters<typeof transferKey>[0],
  stock: Stock,
): TransferEventOfStock['type'] | 'forgotten' | undefined {
  const forgotten = transfer.requestedAt <= stock.transfersForgottenUpTo ? 'forgotten' : undefined;
  return stock.transfers.get(transferKey(transfer)) ?? forgotten;
}
