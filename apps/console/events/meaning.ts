import type { EventAnswer, StoredEventType } from '#client';
import type { Messages } from '../language/messages.ts';
import * as the from './facts.ts';
import type { Fact, Language } from './facts.ts';

type Sentences = Messages['events']['meanings'];
type Each<Given extends readonly unknown[]> = { readonly [At in keyof Given]: Fact };

const customer = the.id('customerId');
const borrower = the.id('borrowerId');
const expiry = the.time('expiresAt');
const due = the.optional(the.time('dueAt'));
const transfer = the.id('transferId');
const toInventory = the.id('toInventoryId');
const fromInventory = the.id('fromInventoryId');
const reason = the.word(({ reasons }) => reasons, 'reason', 'code');
const order = the.id('orderNumber');
const name = the.text('name');
const fields = the.names('changed');
const request = the.id('requestId');
const [current, required] = [the.text('currentQty'), the.text('requiredQty')];
const [accepter, acceptedQty] = [the.id('acceptance', 'accepterId'), the.text('acceptance', 'qty')];

/** Of every type of events, what its sentence is made of, in the order of the sentence. */
const factsOf: { readonly [Type in StoredEventType]: Each<Parameters<Sentences[Type]>> } = {
  UnitsProvided: [the.goods('quantity'), the.optional(the.id('providerId'))],
  StockAdjusted: [the.thing, the.change('delta'), the.optional(the.text('reason'))],
  UnitsPurchased: [the.goods('quantity'), customer],
  UnitsGivenBack: [
    the.goods('quantity'),
    customer,
    the.word(({ sources }) => sources, 'source'),
    the.optional(the.text('reason')),
  ],
  UnitsHeld: [the.goods('quantity'), customer, expiry],
  HoldExtended: [the.goods('quantity'), customer, expiry],
  HoldConfirmed: [the.goods('confirmedQuantity'), the.text('quantity'), customer],
  HoldCancelled: [the.goods('quantity'), customer],
  HoldExpired: [the.goods('quantity'), customer, expiry],
  HoldReserved: [the.goods('reservedQuantity'), customer, the.id('orderId')],
  UnitsReserved: [the.goods('quantity'), the.id('orderId')],
  ReservationReleased: [the.goods('quantity'), the.id('orderId')],
  ReservationShipped: [the.goods('quantity'), the.id('orderId')],
  UnitsLent: [the.goods('quantity'), borrower, due],
  HoldLent: [the.goods('quantity'), borrower, due],
  LendRenewed: [the.goods('quantity'), borrower, due],
  LendOverdue: [the.goods('quantity'), borrower, the.time('dueAt')],
  UnitsReturned: [the.goods('partQuantity'), borrower, the.word(({ conditions }) => conditions, 'condition')],
  UnitsSent: [the.goods('quantity'), toInventory, transfer],
  SendingRejected: [the.thing, toInventory, transfer, reason],
  UnitsReceived: [the.goods('quantity'), fromInventory, transfer],
  ReceiptRejected: [the.thing, fromInventory, transfer, reason],
  SendingCancelled: [the.goods('quantity'), toInventory, transfer, reason],
  SaleTermsSet: [
    the.thing,
    the.optional(the.time('saleStartsAt')),
    the.optional(the.time('saleEndsAt')),
    the.optional(the.text('purchaseLimit')),
  ],
  ClosingTimeSet: [the.thing, the.optional(the.time('closesAt'))],
  StockDiscontinued: [the.thing],
  StockReinstated: [the.thing],
  TimeNoted: [the.thing],
  ItemCreated: [name, the.subject, the.price('price')],
  ItemChanged: [name, fields],
  ItemDiscontinued: [name],
  ItemReinstated: [name],
  ItemTimeNoted: [the.thing],
  CategoryCreated: [name],
  CategoryChanged: [name, fields],
  CategoryDeleted: [name],
  CategoryTimeNoted: [the.thing],
  SlotOpened: [the.subject, the.optional(the.text('title')), the.optional(the.time('startsAt'))],
  SlotChanged: [the.subject, fields],
  OrderSubmitted: [order, customer, the.orderLines, the.price('total')],
  OrderPlaced: [order, the.optional(the.time('payBy'))],
  OrderRejected: [order, reason],
  OrderProcessingStarted: [order],
  OrderPaid: [order, the.price('total'), the.text('reference')],
  OrderShipped: [order, the.optional(the.text('trackingNumber'))],
  OrderCompleted: [order],
  OrderCancelled: [order, the.word(({ cancelledFor }) => cancelledFor, 'reason')],
  OrderSettled: [order],
  OrderDeclined: [the.subject, reason],
  InventoryOpened: [name, the.subject, the.optional(the.id('ownerId'))],
  InventoryChanged: [name, the.subject, fields],
  TransferRequested: [the.itemGoods, fromInventory, toInventory],
  TransferCompleted: [the.itemGoods, fromInventory, toInventory],
  TransferRejected: [the.itemGoods, fromInventory, toInventory, reason],
  RequestMade: [request, the.id('requesterId'), the.word(({ kinds }) => kinds, 'kind'), required],
  RequestAccepted: [request, accepter, acceptedQty, current, required],
  RequestCompleted: [request, current, required],
  AcceptanceWithdrawn: [request, accepter, acceptedQty, current, required],
  RequestCancelled: [request],
};

export const storedEventTypes = (Object.keys(factsOf) as StoredEventType[]).toSorted();

/** In a sentence, what an event says. If it is of a version that does not say all of it, or of an unknown type, its type. */
export function meaningOf(event: EventAnswer, language: Language): string {
  const facts: readonly Fact[] | undefined = factsOf[event.type];
  const said = facts?.map((fact) => fact(event, language));
  if (said === undefined || said.includes(undefined)) return typeName(event.type, language.t);
  const sentence = language.t.events.meanings[event.type] as (...given: readonly (string | undefined)[]) => string;
  return sentence(...said);
}

export function typeName(type: StoredEventType, { events }: Messages): string {
  const ofThisVersion: string | undefined = events.types[type];
  return ofThisVersion ?? type;
}
