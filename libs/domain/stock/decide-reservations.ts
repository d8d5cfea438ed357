import { reject } from '../decision.ts';
import { changed } from './balance.ts';
import type { StockDecision, Stocked } from './stock-decision.ts';
import { unclaimable } from './on-sale.ts';
import type { Stock } from './state.ts';

/** One claim per order and stock: asked again, it is there already; asked after the release, it is too late. */
export function reserveForOrder(command: Stocked<'ReserveForOrder'>, stock: Stock): StockDecision {
  const { orderId, quantity, at } = command;
  const settled = stock.settledOrders.get(orderId);
  if (settled === 'released') return reject({ code: 'ORDER_RELEASED', orderId });
  if (settled === 'shipped' || stock.reservations.has(orderId)) return [];
  const balance = changed(stock.balance, { reserved: quantity });
  return unclaimable(stock, quantity, at) ?? [{ type: 'UnitsReserved', orderId, quantity, balance }];
}

export function releaseOrder({ orderId }: Stocked<'ReleaseOrder'>, stock: Stock): StockDecision {
  if (stock.settledOrders.has(orderId)) return [];
  const quantity = stock.reservations.get(orderId) ?? 0;
  const balance = changed(stock.balance, { reserved: -quantity });
  return [{ type: 'ReservationReleased', orderId, quantity, balance }];
}

export function shipOrder({ orderId }: Stocked<'ShipOrder'>, stock: Stock): StockDecision {
  if (stock.settledOrders.get(orderId) === 'shipped') return [];
  const quantity = stock.reservations.get(orderId);
  if (quantity === undefined) return reject({ code: 'RESERVATION_NOT_FOUND', orderId });
  const balance = changed(stock.balance, { reserved: -quantity, taken: quantity });
  return [{ type: 'ReservationShipped', orderId, quantity, balance }];
}
