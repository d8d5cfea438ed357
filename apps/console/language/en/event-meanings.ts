/** The types of events, in a few words. */
export const eventTypes = {
  UnitsProvided: 'Units received',
  StockAdjusted: 'Stock corrected',
  UnitsPurchased: 'Units bought',
  UnitsGivenBack: 'Units given back',
  UnitsHeld: 'Units held',
  HoldExtended: 'Hold extended',
  HoldConfirmed: 'Hold confirmed',
  HoldCancelled: 'Hold cancelled',
  HoldExpired: 'Hold expired',
  HoldReserved: 'Hold moved into an order',
  UnitsReserved: 'Units reserved for an order',
  ReservationReleased: 'Reservation released',
  ReservationShipped: 'Reservation shipped',
  UnitsLent: 'Units lent',
  HoldLent: 'Hold lent',
  LendRenewed: 'Lend renewed',
  LendOverdue: 'Lend overdue',
  UnitsReturned: 'Lent units returned',
  UnitsSent: 'Units sent to another inventory',
  SendingRejected: 'Sending of units rejected',
  UnitsReceived: 'Units received from another inventory',
  ReceiptRejected: 'Receipt of units rejected',
  SendingCancelled: 'Sent units taken back',
  SaleTermsSet: 'Limits and sale window set',
  ClosingTimeSet: 'Closing time set',
  StockDiscontinued: 'Stock discontinued',
  StockReinstated: 'Stock restored',
  TimeNoted: 'Time noted in a stock',
  ItemCreated: 'Item created',
  ItemChanged: 'Item changed',
  ItemDiscontinued: 'Item discontinued',
  ItemReinstated: 'Item restored',
  ItemTimeNoted: 'Time noted in an item',
  CategoryCreated: 'Category created',
  CategoryChanged: 'Category changed',
  CategoryDeleted: 'Category deleted',
  CategoryTimeNoted: 'Time noted in a category',
  SlotOpened: 'Slot opened',
  SlotChanged: 'Slot changed',
  OrderSubmitted: 'Order submitted',
  OrderPlaced: 'Order placed',
  OrderRejected: 'Order rejected',
  OrderProcessingStarted: 'Processing of an order started',
  OrderPaid: 'Order paid',
  OrderShipped: 'Order shipped',
  OrderCompleted: 'Order completed',
  OrderCancelled: 'Order cancelled',
  OrderSettled: 'Order settled',
  OrderDeclined: 'Order declined',
  InventoryOpened: 'Inventory opened',
  InventoryChanged: 'Inventory changed',
  TransferRequested: 'Transfer requested',
  TransferCompleted: 'Transfer completed',
  TransferRejected: 'Transfer rejected',
  RequestMade: 'Request made',
  RequestAccepted: 'Request accepted',
  RequestCompleted: 'Request completed',
  AcceptanceWithdrawn: 'Acceptance withdrawn',
  RequestCancelled: 'Request cancelled',
};

const be = (goods: string) => `${goods} ${goods.startsWith('1 ') ? 'was' : 'were'}`;
const until = (at: string) => (at === '' ? '' : ` until ${at}`);
const because = (reason: string) => (reason === '' ? '' : `: ${reason}`);

/** What an event says. `goods` are units or places with what they are of; a text that the event has not is empty. */
export const eventMeanings = {
  UnitsProvided: (goods: string, provider: string) =>
    `${be(goods)} received${provider === '' ? '' : ` from ${provider}`}`,
  StockAdjusted: (thing: string, change: string, reason: string) =>
    `The stock of ${thing} was corrected by ${change}${because(reason)}`,
  UnitsPurchased: (goods: string, customer: string) => `${be(goods)} bought by ${customer}`,
  UnitsGivenBack: (goods: string, customer: string, source: string, reason: string) =>
    `${be(goods)} given back by ${customer}, of ${source}${because(reason)}`,
  UnitsHeld: (goods: string, customer: string, at: string) => `${be(goods)} held for ${customer} until ${at}`,
  HoldExtended: (goods: string, customer: string, at: string) =>
    `The hold of ${goods} for ${customer} was extended until ${at}`,
  HoldConfirmed: (goods: string, held: string, customer: string) =>
    `${be(goods)} taken by ${customer}, from a hold of ${held}`,
  HoldCancelled: (goods: string, customer: string) => `The hold of ${goods} for ${customer} was cancelled`,
  HoldExpired: (goods: string, customer: string, at: string) => `The hold of ${goods} for ${customer} ended at ${at}`,
  HoldReserved: (goods: string, customer: string, order: string) =>
    `${be(goods)} moved from a hold of ${customer} into order ${order}`,
  UnitsReserved: (goods: string, order: string) => `${be(goods)} reserved for order ${order}`,
  ReservationReleased: (goods: string, order: string) => `${be(goods)} released from order ${order}`,
  ReservationShipped: (goods: string, order: string) => `${be(goods)} shipped with order ${order}`,
  UnitsLent: (goods: string, borrower: string, at: string) => `${be(goods)} lent to ${borrower}${until(at)}`,
  HoldLent: (goods: string, borrower: string, at: string) =>
    `${be(goods)} lent to ${borrower}${until(at)}, from a hold`,
  LendRenewed: (goods: string, borrower: string, at: string) =>
    `The lend of ${goods} to ${borrower} was renewed${until(at)}`,
  LendOverdue: (goods: string, borrower: string, at: string) =>
    `The lend of ${goods} to ${borrower} is overdue since ${at}`,
  UnitsReturned: (goods: string, borrower: string, condition: string) =>
    `${be(goods)} returned by ${borrower}: ${condition}`,
  UnitsSent: (goods: string, inventory: string, transfer: string) =>
    `${be(goods)} sent to inventory ${inventory} with transfer ${transfer}`,
  SendingRejected: (thing: string, inventory: string, transfer: string, reason: string) =>
    `No units of ${thing} were sent to inventory ${inventory} with transfer ${transfer}: ${reason}`,
  UnitsReceived: (goods: string, inventory: string, transfer: string) =>
    `${be(goods)} received from inventory ${inventory} with transfer ${transfer}`,
  ReceiptRejected: (thing: string, inventory: string, transfer: string, reason: string) =>
    `No units of ${thing} were received from inventory ${inventory} with transfer ${transfer}: ${reason}`,
  SendingCancelled: (goods: string, inventory: string, transfer: string, reason: string) =>
    `${be(goods)} taken back, because inventory ${inventory} rejected transfer ${transfer}: ${reason}`,
  SaleTermsSet: (thing: string, from: string, to: string, purchaseLimit: string) => {
    const window = from === '' && to === '' ? ' at any time' : `${from === '' ? '' : ` from ${from}`}${until(to)}`;
    const limit = purchaseLimit === '' ? '' : `, at most ${purchaseLimit} for each customer`;
    return `The terms of sale of ${thing} were set:${window}${limit}`;
  },
  ClosingTimeSet: (thing: string, at: string) =>
    at === '' ? `The closing time of ${thing} was removed` : `The closing time of ${thing} was set to ${at}`,
  StockDiscontinued: (thing: string) => `The stock of ${thing} can neither be bought nor held any more`,
  StockReinstated: (thing: string) => `The stock of ${thing} can be bought and held again`,
  TimeNoted: (thing: string) =>
    `Nothing of the stock of ${thing} changed; commands that are older than this event are rejected`,
  ItemCreated: (name: string, item: string, price: string) => `Item ${item} was created: ${name}, at ${price}`,
  ItemChanged: (name: string, fields: string) => `${name} was changed: ${fields}`,
  ItemDiscontinued: (name: string) => `${name} was discontinued`,
  ItemReinstated: (name: string) => `${name} is in the catalog again`,
  ItemTimeNoted: (thing: string) => `Nothing of ${thing} changed; commands that are older than this event are rejected`,
  CategoryCreated: (name: string) => `The category ${name} was created`,
  CategoryChanged: (name: string, fields: string) => `The category ${name} was changed: ${fields}`,
  CategoryDeleted: (name: string) => `The category ${name} was deleted`,
  CategoryTimeNoted: (thing: string) =>
    `Nothing of ${thing} changed; commands that are older than this event are rejected`,
  SlotOpened: (slot: string, title: string, from: string) =>
    `Slot ${slot} was opened${because(title)}${from === '' ? '' : `, from ${from}`}`,
  SlotChanged: (slot: string, fields: string) => `Slot ${slot} was changed: ${fields}`,
  OrderSubmitted: (order: string, customer: string, lines: string, total: string) =>
    `${customer} submitted order ${order} of ${lines}, for ${total}`,
  OrderPlaced: (order: string, payBy: string) =>
    `Order ${order} is placed: all its units are reserved${payBy === '' ? '' : `. It has to be paid by ${payBy}`}`,
  OrderRejected: (order: string, reason: string) => `Order ${order} was rejected: ${reason}`,
  OrderProcessingStarted: (order: string) => `The processing of order ${order} has started`,
  OrderPaid: (order: string, total: string, payment: string) => `Order ${order} was paid: ${total}, payment ${payment}`,
  OrderShipped: (order: string, tracking: string) =>
    `Order ${order} was shipped${tracking === '' ? '' : `, tracking number ${tracking}`}`,
  OrderCompleted: (order: string) => `Order ${order} is completed`,
  OrderCancelled: (order: string, reason: string) => `Order ${order} was cancelled: ${reason}`,
  OrderSettled: (order: string) => `The stocks have done what order ${order} awaited of them`,
  OrderDeclined: (order: string, reason: string) => `Order ${order} was declined before it was submitted: ${reason}`,
  InventoryOpened: (name: string, inventory: string, owner: string) =>
    `Inventory ${inventory} was opened: ${name}${owner === '' ? '' : `, of ${owner}`}`,
  InventoryChanged: (name: string, inventory: string, fields: string) =>
    `Inventory ${inventory}, ${name}, was changed: ${fields}`,
  TransferRequested: (goods: string, from: string, to: string) =>
    `The transfer of ${goods} from inventory ${from} to inventory ${to} was requested`,
  TransferCompleted: (goods: string, from: string, to: string) =>
    `${be(goods)} moved from inventory ${from} to inventory ${to}`,
  TransferRejected: (goods: string, from: string, to: string, reason: string) =>
    `The transfer of ${goods} from inventory ${from} to inventory ${to} was rejected: ${reason}`,
  RequestMade: (request: string, requester: string, kind: string, quantity: string) =>
    `${requester} made request ${request} for ${kind}: ${quantity}`,
  RequestAccepted: (request: string, accepter: string, quantity: string, current: string, required: string) =>
    `${accepter} accepted request ${request} with ${quantity}; now ${current} of ${required}`,
  RequestCompleted: (request: string, current: string, required: string) =>
    `Request ${request} is completed: ${current} of ${required}`,
  AcceptanceWithdrawn: (request: string, accepter: string, quantity: string, current: string, required: string) =>
    `The acceptance of ${quantity} by ${accepter} was withdrawn from request ${request}; now ${current} of ${required}`,
  RequestCancelled: (request: string) => `Request ${request} was cancelled`,
};
