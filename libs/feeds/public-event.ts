import type {
  AcceptedRequestShape,
  CancelledOrderShape,
  ChangedInventoryShape,
  ChangedProductShape,
  ConfirmedHoldShape,
  HoldShape,
  InventoryShape,
  LendShape,
  LowStockShape,
  OrderShape,
  PaidOrderShape,
  ProductShape,
  PurchaseShape,
  ReturnedLendShape,
  ReturnedShape,
  RequestShape,
  StockShape,
} from './shapes.ts';

/** The shape of each type of public event. It never follows from the stored event, which has a shape of its own. */
interface Shapes {
  readonly 'hold.placed': HoldShape;
  readonly 'hold.extended': HoldShape;
  readonly 'hold.confirmed': ConfirmedHoldShape;
  readonly 'hold.cancelled': HoldShape;
  readonly 'hold.expired': HoldShape;
  readonly 'hold.returned': ReturnedShape;
  readonly 'purchase.made': PurchaseShape;
  readonly 'purchase.returned': ReturnedShape;
  readonly 'stock.changed': StockShape;
  readonly 'stock.low': LowStockShape;
  readonly 'lend.made': LendShape;
  readonly 'lend.renewed': LendShape;
  readonly 'lend.overdue': LendShape;
  readonly 'lend.returned': ReturnedLendShape;
  readonly 'product.created': ProductShape;
  readonly 'product.changed': ChangedProductShape;
  readonly 'product.discontinued': ProductShape;
  readonly 'product.restored': ProductShape;
  readonly 'order.placed': OrderShape;
  readonly 'order.processing': OrderShape;
  readonly 'order.paid': PaidOrderShape;
  readonly 'order.shipped': OrderShape;
  readonly 'order.completed': OrderShape;
  readonly 'order.cancelled': CancelledOrderShape;
  readonly 'order.returned': ReturnedShape;
  readonly 'inventory.opened': InventoryShape;
  readonly 'inventory.changed': ChangedInventoryShape;
  readonly 'request.made': RequestShape;
  readonly 'request.accepted': AcceptedRequestShape;
  readonly 'request.completed': RequestShape;
  readonly 'request.acceptance_withdrawn': AcceptedRequestShape;
  readonly 'request.cancelled': RequestShape;
}

export type PublicEventType = keyof Shapes;

/** Must be increased with every change of a shape that a reader of the previous one could not read. */
const versions = {
  'hold.placed': 1,
  'hold.extended': 1,
  'hold.confirmed': 1,
  'hold.cancelled': 1,
  'hold.expired': 1,
  'hold.returned': 1,
  'purchase.made': 1,
  'purchase.returned': 1,
  'stock.changed': 1,
  'stock.low': 1,
  'lend.made': 1,
  'lend.renewed': 1,
  'lend.overdue': 1,
  'lend.returned': 1,
  'product.created': 1,
  'product.changed': 1,
  'product.discontinued': 1,
  'product.restored': 1,
  'order.placed': 1,
  'order.processing': 1,
  'order.paid': 1,
  'order.shipped': 1,
  'order.completed': 1,
  'order.cancelled': 1,
  'order.returned': 1,
  'inventory.opened': 1,
  'inventory.changed': 1,
  'request.made': 1,
  'request.accepted': 1,
  'request.completed': 1,
  'request.acceptance_withdrawn': 1,
  'request.cancelled': 1,
} as const satisfies Record<PublicEventType, number>;

export const publicEventTypes = Object.keys(versions) as readonly PublicEventType[];

export function versionOf(type: PublicEventType): number {
  return versions[type];
}

/** What outsiders are told of a stored event. */
export interface PublicEvent {
  /** The same whenever the stored event is read again. */
  readonly id: string;
  readonly type: PublicEventType;
  /** The version of the shape of `data`. */
  readonly version: number;
  /** The id of what it is about; events of one subject are delivered in order. */
  readonly subject: string;
  /** When it was recorded, ISO 8601. */
  readonly timestamp: string;
  /** With the id of the subject as `id`. */
  readonly data: Shapes[PublicEventType];
}

/** A public event as the source of its category makes it. */
export type Told = { readonly [Type in PublicEventType]: { type: Type; data: Shapes[Type] } }[PublicEventType];
