import { isRejected, reject, type Rejected } from '../aggregate.ts';
import { afterReservation } from '../reserved.ts';
import { dueAtOnceMax, dueMetadataMax } from './commands.ts';
import type { StockDecision, Stocked, StockRejection } from './commands.ts';
import { openHold } from './decide-claims.ts';
import { unclaimable } from './decide-units.ts';
import { changed, type LendFacts, type LendOverdue } from './events.ts';
import { lendKey, type Stock } from './state.ts';
import type { CustomerId, LendId } from '../ids.ts';
import { labelled, metadataLength } from '../labels.ts';

export function lend(command: Stocked<'Lend'>, stock: Stock): StockDecision {
  const { lendId, borrowerId, quantity, dueAt, at } = command;
  const known = earlierLend(lendId, stock) ?? afterReservation(command);
  if (known !== undefined) return known;
  if (!stock.hasHadUnits) return reject({ code: 'NOT_IN_INVENTORY' });
  const rejected = unclaimable(stock, command, at);
  if (rejected !== undefined) return rejected;
  const balance = changed(stock.balance, { lent: quantity });
  return [
    { type: 'UnitsLent', ...newLend({ lendId, borrowerId, quantity, dueAt }, at), ...labelled(command), balance },
  ];
}

export function lendHeld(command: Stocked<'LendHeld'>, stock: Stock): StockDecision {
  const { lendId, dueAt, at } = command;
  const known = earlierLend(lendId, stock) ?? afterReservation(command);
  if (known !== undefined) return known;
  const found = openHold(command, stock);
  if (isRejected(found)) return found;
  const { customerId: borrowerId, quantity } = found;
  const balance = changed(stock.balance, { held: -quantity, lent: quantity });
  return [{ type: 'HoldLent', ...found, ...newLend({ lendId, borrowerId, quantity, dueAt }, at), balance }];
}

/** Repeated long after its command was forgotten: the lend exists, or has existed. */
function earlierLend(lendId: LendId, stock: Stock): StockDecision | undefined {
  if (stock.lends.has(lendKey(lendId)) || stock.returnedLends.has(lendKey(lendId))) return [];
  return lendId <= stock.lendsForgottenUpTo ? reject({ code: 'LEND_TOO_OLD', lendId }) : undefined;
}

function newLend(wanted: Pick<LendFacts, 'lendId' | 'borrowerId' | 'quantity' | 'dueAt'>, at: number): LendFacts {
  return { ...wanted, returnedQuantity: 0, lentAt: at, overdue: false, renewals: 0 };
}

export function returnLend(command: Stocked<'Return'>, stock: Stock): StockDecision {
  const found = openLend(command, stock);
  if (isRejected(found)) return found;
  const { condition, note } = command;
  const outstanding = found.quantity - found.returnedQuantity;
  const { quantity: partQuantity = outstanding } = command;
  if (partQuantity > outstanding) return reject({ code: 'MORE_THAN_LENT', outstanding, requested: partQuantity });
  const back = { ...found, returnedQuantity: found.returnedQuantity + partQuantity };
  const total = condition === 'ok' ? 0 : -partQuantity;
  const balance = changed(stock.balance, { lent: -partQuantity, total });
  return [{ type: 'UnitsReturned', ...back, partQuantity, condition, note, balance }];
}

export function renewLend(command: Stocked<'RenewLend'>, stock: Stock): StockDecision {
  const found = openLend(command, stock);
  if (isRejected(found)) return found;
  const late = afterReservation(command);
  if (late !== undefined) return late;
  const { dueAt, renewalsMax } = command;
  if (found.renewals >= renewalsMax) return reject({ code: 'RENEWED_TOO_OFTEN', renewalsMax });
  if (isAwaited(found, stock)) return reject({ code: 'LEND_AWAITED', lendId: found.lendId });
  const renewed = { ...found, dueAt, overdue: false, renewals: found.renewals + 1 };
  return [{ type: 'LendRenewed', ...renewed, balance: stock.balance }];
}

/** Nothing is left for the next one, and somebody else holds a unit to be lent it. */
function isAwaited({ borrowerId }: LendFacts, { balance, holdsByCustomer }: Stock): boolean {
  const others = holdsByCustomer.size - (holdsByCustomer.has(borrowerId) ? 1 : 0);
  return balance.available === 0 && others > 0;
}

/** Longest due first, up to a limit. */
export function markOverdue({ at }: Stocked<'MarkOverdue'>, stock: Stock): StockDecision {
  const events: LendOverdue[] = [];
  let metadata = 0;
  for (const [, lendId] of stock.lendsByDue) {
    const due = stock.lends.get(lendKey(lendId));
    if (due?.dueAt === undefined || due.dueAt === null || due.dueAt > at || events.length >= dueAtOnceMax) break;
    metadata += metadataLength(due);
    if (metadata > dueMetadataMax && events.length > 0) break;
    events.push({ type: 'LendOverdue', ...due, overdue: true, balance: stock.balance });
  }
  return events;
}

interface LendOfCaller {
  readonly lendId: LendId;
  readonly borrowerId: CustomerId | null;
}

/** The lend, if it is open and of the borrower. The lend of another borrower is rejected like an unknown one. */
function openLend({ lendId, borrowerId }: LendOfCaller, stock: Stock): LendFacts | Rejected<StockRejection> {
  const open = stock.lends.get(lendKey(lendId));
  const borrower = open?.borrowerId ?? stock.returnedLends.get(lendKey(lendId));
  if (borrower === undefined) {
    return reject({ code: lendId <= stock.lendsForgottenUpTo ? 'ALREADY_RETURNED' : 'LEND_NOT_FOUND', lendId });
  }
  if (borrowerId !== null && borrowerId !== borrower) return reject({ code: 'LEND_NOT_FOUND', lendId });
  return open ?? reject({ code: 'ALREADY_RETURNED', lendId });
}
