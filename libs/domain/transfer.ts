import { reject, type Aggregate, type Decision, type Timed } from './aggregate.ts';
import type { InventoryId, ItemId, TransferId } from './ids.ts';
import type { NotReceived, NotSent } from './stock/events.ts';

export const transferStatuses = ['pending', 'completed', 'rejected'] as const;
/** Of a transfer that is rejected, no units were moved, or they are back. */
export type TransferStatus = (typeof transferStatuses)[number];

/** What is to be moved, from where and to where. */
export interface WantedTransfer {
  readonly transferId: TransferId;
  readonly itemId: ItemId;
  /** The number of the item. */
  readonly itemNumber: number;
  readonly quantity: number;
  readonly fromInventoryId: InventoryId;
  readonly toInventoryId: InventoryId;
}

/** Every event of a transfer contains this, as of the event. Times in milliseconds since 1970. */
export interface TransferFacts extends WantedTransfer {
  readonly status: TransferStatus;
  readonly requestedAt: number;
  /** When it was completed or rejected; null while it is pending. */
  readonly endedAt: number | null;
}

export type TransferEvent = TransferRequested | TransferCompleted | TransferRejected;

/** From now on, the transfer is either completed or rejected. */
export interface TransferRequested extends TransferFacts {
  readonly type: 'TransferRequested';
}

/** The units are in the stock that they were sent to. */
export interface TransferCompleted extends TransferFacts {
  readonly type: 'TransferCompleted';
}

export interface TransferRejected extends TransferFacts {
  readonly type: 'TransferRejected';
  readonly reason: NotTransferred;
}

export type NotTransferred = NotSent | NotReceived | { readonly code: 'FORBIDDEN' };

const events = { TransferRequested: [], TransferCompleted: [], TransferRejected: [] } as const;

export type TransferCommand =
  | ({
      readonly type: 'RequestTransfer';
      /** Why it is rejected at once: no attempt that comes later may request it after all. Null if it is not. */
      readonly reason: NotTransferred | null;
    } & WantedTransfer)
  | { readonly type: 'CompleteTransfer' }
  | { readonly type: 'RejectTransfer'; readonly reason: NotTransferred };

export interface TransferRejection {
  readonly code: 'TRANSFER_NOT_FOUND';
}

export type Transfer = { readonly status: 'unknown' } | KnownTransfer;

export interface KnownTransfer extends TransferFacts {
  /** Why it was rejected; null if it was not. */
  readonly reason: NotTransferred | null;
}

function decide(command: Timed<TransferCommand>, transfer: Transfer): Decision<TransferEvent, TransferRejection> {
  const { at } = command;
  if (command.type === 'RequestTransfer') {
    if (transfer.status !== 'unknown') return [];
    const facts = { ...wantedOf(command), requestedAt: at };
    const { reason } = command;
    if (reason === null) return [{ type: 'TransferRequested', ...facts, status: 'pending', endedAt: null }];
    return [{ type: 'TransferRejected', ...facts, status: 'rejected', endedAt: at, reason }];
  }
  if (transfer.status === 'unknown') return reject({ code: 'TRANSFER_NOT_FOUND' });
  if (transfer.status !== 'pending') return [];
  const facts = { ...factsOf(transfer), endedAt: at };
  switch (command.type) {
    case 'CompleteTransfer':
      return [{ type: 'TransferCompleted', ...facts, status: 'completed' }];
    case 'RejectTransfer':
      return [{ type: 'TransferRejected', ...facts, status: 'rejected', reason: command.reason }];
  }
}

function evolve(_transfer: Transfer, event: TransferEvent): Transfer {
  return { ...factsOf(event), reason: event.type === 'TransferRejected' ? event.reason : null };
}

function wantedOf(of: WantedTransfer): WantedTransfer {
  const { transferId, itemId, itemNumber, quantity, fromInventoryId, toInventoryId } = of;
  return { transferId, itemId, itemNumber, quantity, fromInventoryId, toInventoryId };
}

function factsOf(of: TransferFacts): TransferFacts {
  const { status, requestedAt, endedAt } = of;
  return { ...wantedOf(of), status, requestedAt, endedAt };
}

/** Units of an item that are moved from one inventory to another, all of them or none. */
export const transferAggregate = {
  category: 'transfer',
  streamOf: (transferId) => `transfer-${transferId}`,
  events,
  initial: { status: 'unknown' },
  decide,
  evolve,
} satisfies Aggregate<TransferId, Transfer, TransferCommand, TransferEvent, TransferRejection>;
