import {
  availableBefore,
  stockAggregate,
  stockEventGroups,
  stockOfStream,
  type HoldEvent,
  type LendEvent,
  type StockEvent,
  type StockId,
  type UnitsGivenBack,
  type UnitsPurchased,
} from '#domain';
import type { HoldIds } from '#ids';
import { handledEvents, ignored, type EventSource, type Seen } from '#projections';
import type { Told } from './public-event.ts';
import type { HoldShape, LendShape, Place, PurchaseShape, ReturnedShape, StockShape } from './shapes.ts';

export interface StockEventOptions {
  readonly holdIds: Pick<HoldIds, 'idOf'>;
  /** A stock is low with this many units available, or fewer; 0 if none ever is. */
  readonly stockLowAt: number;
}

/** What is told of holds, purchases and stocks. */
export function stockEvents({ holdIds, stockLowAt }: StockEventOptions): EventSource<readonly Told[]> {
  const changes = (event: Seen<StockEvent>): readonly Told[] => changesOfStock(event, stockLowAt);
  const hold = (event: Seen<HoldEvent>): HoldShape => holdShape(event, holdIds);
  return handledEvents(stockAggregate, {
    ...ignored(stockEventGroups.settings),
    UnitsProvided: changes,
    StockAdjusted: changes,
    UnitsGivenBack: (event) => [returned(event, holdIds), ...changes(event)],
    UnitsPurchased: (event) => [{ type: 'purchase.made', data: purchaseShape(event) }, ...changes(event)],
    UnitsHeld: (event) => [{ type: 'hold.placed', data: hold(event) }, ...changes(event)],
    HoldExtended: (event) => [{ type: 'hold.extended', data: hold(event) }],
    HoldConfirmed: (event) => [
      { type: 'hold.confirmed', data: { ...hold(event), confirmedQuantity: event.confirmedQuantity } },
      ...changes(event),
    ],
    HoldCancelled: (event) => [{ type: 'hold.cancelled', data: hold(event) }, ...changes(event)],
    HoldExpired: (event) => [{ type: 'hold.expired', data: hold(event) }, ...changes(event)],
    // Its customer has what was held, in an order.
    HoldReserved: (event) => [
      { type: 'hold.confirmed', data: { ...hold(event), confirmedQuantity: event.reservedQuantity } },
      ...changes(event),
    ],
    UnitsReserved: changes,
    // Of an order without a reservation here, nothing is released.
    ReservationReleased: (event) => (event.quantity === 0 ? [] : changes(event)),
    ReservationShipped: changes,
    UnitsLent: (event) => [{ type: 'lend.made', data: lendShape(event) }, ...changes(event)],
    // Its customer has what was held, as a lend.
    HoldLent: (event) => [
      { type: 'hold.confirmed', data: { ...hold(event), confirmedQuantity: event.quantity } },
      { type: 'lend.made', data: lendShape(event) },
      ...changes(event),
    ],
    LendRenewed: (event) => [{ type: 'lend.renewed', data: lendShape(event) }],
    LendOverdue: (event) => [{ type: 'lend.overdue', data: lendShape(event) }],
    UnitsReturned: (event) => {
      const { partQuantity, condition } = event;
      return [{ type: 'lend.returned', data: { ...lendShape(event), partQuantity, condition } }, ...changes(event)];
    },
    UnitsSent: changes,
    SendingRejected: 'ignored',
    UnitsReceived: changes,
    ReceiptRejected: 'ignored',
    SendingCancelled: changes,
  });
}

function changesOfStock(event: Seen<StockEvent>, lowAt: number): readonly Told[] {
  const data = stockShape(event);
  const isLowNow = data.availableBefore > lowAt && data.available <= lowAt;
  const changed: Told = { type: 'stock.changed', data };
  return lowAt > 0 && isLowNow ? [changed, { type: 'stock.low', data: { ...data, lowAt } }] : [changed];
}

function stockShape(event: Seen<StockEvent>): StockShape {
  const { available, total, taken, held, reserved, lent } = event.balance;
  const stock = stockOf(event);
  return {
    id: stock.kind === 'slot' ? String(stock.slotId) : stock.itemId,
    ...placeOf(stock),
    available,
    availableBefore: availableBefore(event),
    total,
    taken,
    held,
    reserved,
    lent,
    revision: event.recorded.revision,
  };
}

function purchaseShape(event: Seen<UnitsPurchased>): PurchaseShape {
  const { purchaseId: id, customerId: userId, quantity, balance } = event;
  return { id, ...placeOf(stockOf(event)), userId, quantity, remaining: balance.available, ...event.labels };
}

function returned(event: Seen<UnitsGivenBack>, holdIds: Pick<HoldIds, 'idOf'>): Told {
  const { source, sourceId, customerId: userId, takenQuantity: quantity, returnedQuantity, reason } = event;
  const stock = stockOf(event);
  const data = (id: string): ReturnedShape => {
    const returns = { quantity, returnedQuantity, partQuantity: event.quantity, reason };
    return { id, ...placeOf(stock), userId, ...returns, ...event.labels };
  };
  switch (source) {
    case 'purchase':
      return { type: 'purchase.returned', data: data(sourceId) };
    case 'hold':
      return { type: 'hold.returned', data: data(holdIds.idOf({ holdId: sourceId, stock })) };
    case 'order':
      return { type: 'order.returned', data: data(sourceId) };
  }
}

function holdShape(event: Seen<HoldEvent>, holdIds: Pick<HoldIds, 'idOf'>): HoldShape {
  const { holdId, customerId: userId, quantity, createdAt, expiresAt } = event;
  const stock = stockOf(event);
  return {
    id: holdIds.idOf({ holdId, stock }),
    ...placeOf(stock),
    userId,
    quantity,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    ...event.labels,
  };
}

function lendShape(event: Seen<LendEvent>): LendShape {
  const { lendId, borrowerId: userId, quantity, returnedQuantity, lentAt, dueAt, renewals } = event;
  return {
    id: String(lendId),
    ...placeOf(stockOf(event)),
    userId,
    quantity,
    returnedQuantity,
    lentAt: new Date(lentAt).toISOString(),
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    renewals,
    ...event.labels,
  };
}

function placeOf(stock: StockId): Place {
  return stock.kind === 'slot' ? { slotId: stock.slotId } : { itemId: stock.itemId, inventoryId: stock.inventoryId };
}

function stockOf({ recorded }: Seen<StockEvent>): StockId {
  const stock = stockOfStream(recorded.stream);
  if (stock === undefined) throw new Error(`${recorded.stream} is not the stream of a stock`);
  return stock;
}
