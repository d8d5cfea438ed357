import type { StockEvent } from '#domain';

/** The units that were available before an event: an event says how it changed them, and how many there are after it. */
export function availableBefore(event: StockEvent): number {
  return event.balance.available - changeOf(event);
}

function changeOf(event: StockEvent): number {
  switch (event.type) {
    case 'UnitsProvided':
    case 'HoldCancelled':
    case 'HoldExpired':
    case 'ReservationReleased':
    case 'UnitsGivenBack':
    case 'UnitsReceived':
    case 'SendingCancelled':
      return event.quantity;
    case 'UnitsReturned':
      return event.condition === 'ok' ? event.partQuantity : 0;
    case 'StockAdjusted':
      return event.delta;
    case 'UnitsPurchased':
    case 'UnitsHeld':
    case 'UnitsReserved':
    case 'UnitsLent':
    case 'UnitsSent':
      return -event.quantity;
    case 'HoldConfirmed':
      return event.quantity - event.confirmedQuantity;
    case 'HoldReserved':
      return event.quantity - event.reservedQuantity;
    case 'HoldExtended':
    case 'HoldLent':
    case 'LendRenewed':
    case 'LendOverdue':
    case 'ReservationShipped':
    case 'SendingRejected':
    case 'ReceiptRejected':
    case 'SaleTermsSet':
    case 'ClosingTimeSet':
    case 'StockDiscontinued':
    case 'StockReinstated':
    case 'TimeNoted':
      return 0;
  }
}
