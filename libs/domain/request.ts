import { isRejected, reject } from './aggregate.ts';
import type { Aggregate, Decision, Rejected, SnapshotFormat, Timed } from './aggregate.ts';
import { SortedMap } from './collections/sorted-map.ts';
import type { AcceptanceId, CustomerId, ItemId, RequestId } from './ids.ts';

export const requestKinds = ['Material', 'Tool', 'Humanpower'] as const;
/** Material and tools are items; of people, only their number is asked for. */
export type RequestKind = (typeof requestKinds)[number];

export type RequestStatus = 'open' | 'completed' | 'cancelled';

export interface RequestedItem {
  readonly itemId: ItemId;
  readonly itemNumber: number;
  readonly requiredQty: number;
  /** What was accepted of it, which may be more than is required. */
  readonly currentQty: number;
}

/** Free text, stored permanently. */
export interface RequestTexts {
  readonly title: string | null;
  readonly place: string | null;
  readonly when: string | null;
  readonly note: string | null;
}

/** Every event of a request contains this, as of the event, so that a reader needs only one event. */
export interface RequestFacts extends RequestTexts {
  readonly requestId: RequestId;
  readonly requesterId: CustomerId;
  readonly requesterNumber: number;
  readonly kind: RequestKind;
  readonly requiredQty: number;
  readonly currentQty: number;
  /** Empty for Humanpower; each item is in it once. */
  readonly items: readonly RequestedItem[];
  /** How many acceptances there are, not counting those that were withdrawn. */
  readonly acceptanceCount: number;
  readonly status: RequestStatus;
  /** Times in milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Acceptance {
  readonly acceptanceId: AcceptanceId;
  readonly accepterId: CustomerId;
  readonly accepterNumber: number;
  readonly qty: number;
  /** Empty for Humanpower; each item is in it once. */
  readonly items: readonly AcceptedItem[];
  /** In milliseconds since 1970. */
  readonly acceptedAt: number;
}

export interface AcceptedItem {
  readonly itemId: ItemId;
  readonly itemNumber: number;
  readonly qty: number;
}

export type RequestEvent = RequestMade | RequestAccepted | RequestCompleted | AcceptanceWithdrawn | RequestCancelled;

export interface RequestMade extends RequestFacts {
  readonly type: 'RequestMade';
}

/** Of one that reaches the need, the status is `completed` already, and RequestCompleted follows. */
export interface RequestAccepted extends RequestFacts {
  readonly type: 'RequestAccepted';
  readonly acceptance: Acceptance;
}

/** Recorded together with the acceptance that reached the need. */
export interface RequestCompleted extends RequestFacts {
  readonly type: 'RequestCompleted';
}

export interface AcceptanceWithdrawn extends RequestFacts {
  readonly type: 'AcceptanceWithdrawn';
  readonly acceptance: Acceptance;
}

export interface RequestCancelled extends RequestFacts {
  readonly type: 'RequestCancelled';
}

const events = {
  RequestMade: [],
  RequestAccepted: [],
  RequestCompleted: [],
  AcceptanceWithdrawn: [],
  RequestCancelled: [],
} as const;

export type RequestCommand = MakeRequest | AcceptRequest | WithdrawAcceptance | { readonly type: 'CancelRequest' };

export interface MakeRequest extends RequestTexts {
  readonly type: 'MakeRequest';
  readonly requestId: RequestId;
  readonly requesterId: CustomerId;
  readonly requesterNumber: number;
  readonly need: Need;
}

/** An item is in it once. */
export type Need =
  | { readonly kind: 'Humanpower'; readonly qty: number }
  | {
      readonly kind: Exclude<RequestKind, 'Humanpower'>;
      readonly items: readonly Omit<RequestedItem, 'currentQty'>[];
    };

export interface AcceptRequest {
  readonly type: 'AcceptRequest';
  readonly acceptanceId: AcceptanceId;
  readonly accepterId: CustomerId;
  readonly accepterNumber: number;
  readonly offer: Offer;
}

/** People, or items; an item may be in it more than once. */
export type Offer = { readonly qty: number } | { readonly items: readonly Omit<AcceptedItem, 'itemNumber'>[] };

export interface WithdrawAcceptance {
  readonly type: 'WithdrawAcceptance';
  readonly acceptanceId: AcceptanceId;
  /** The required owner of the acceptance; null for staff, who may withdraw any. */
  readonly accepterId: CustomerId | null;
}

export type RequestRejection =
  | { readonly code: 'ID_TAKEN'; readonly id: string }
  | { readonly code: 'REQUEST_NOT_FOUND' }
  | { readonly code: 'REQUEST_ITEMS_MISSING' }
  | { readonly code: 'REQUEST_QTY_MISSING' }
  | { readonly code: 'ITEM_NOT_REQUESTED'; readonly itemId: ItemId }
  | { readonly code: 'REQUEST_COMPLETED' }
  | { readonly code: 'REQUEST_CANCELLED' }
  | { readonly code: 'TOO_MANY_ACCEPTANCES'; readonly linesMax: number }
  | { readonly code: 'ACCEPTANCE_NOT_FOUND' };

export type Request = { readonly status: 'unknown' } | KnownRequest;

export interface KnownRequest extends RequestFacts {
  /** Those that were not withdrawn, by `acceptanceKey`. */
  readonly acceptances: SortedMap<Acceptance>;
  /** What `acceptanceLinesMax` bounds. */
  readonly acceptanceLines: number;
}

export const requestItemsMax = 100;

/** Of all acceptances of a request: an acceptance has a line for each of its items, and one if it has none. */
export const acceptanceLinesMax = 10_000;

type RequestDecision = Decision<RequestEvent, RequestRejection>;

function decide(command: Timed<RequestCommand>, request: Request): RequestDecision {
  if (command.type === 'MakeRequest') return make(command, request);
  if (request.status === 'unknown') return reject({ code: 'REQUEST_NOT_FOUND' });
  switch (command.type) {
    case 'AcceptRequest':
      return accept(command, request);
    case 'WithdrawAcceptance':
      return withdraw(command, request);
    case 'CancelRequest': {
      const facts = factsOf(request);
      return ended(request) ?? [{ type: 'RequestCancelled', ...facts, status: 'cancelled', updatedAt: command.at }];
    }
  }
}

function make(command: Timed<MakeRequest>, request: Request): RequestDecision {
  const { requestId, requesterId, requesterNumber, need, title, place, when, note, at } = command;
  if (request.status !== 'unknown') return reject({ code: 'ID_TAKEN', id: String(requestId) });
  const items = need.kind === 'Humanpower' ? [] : need.items.map((item) => ({ ...item, currentQty: 0 }));
  const facts: RequestFacts = {
    requestId,
    requesterId,
    requesterNumber,
    kind: need.kind,
    title,
    place,
    when,
    note,
    requiredQty: need.kind === 'Humanpower' ? need.qty : sumOf(items.map(({ requiredQty }) => requiredQty)),
    currentQty: 0,
    items,
    acceptanceCount: 0,
    status: 'open',
    createdAt: at,
    updatedAt: at,
  };
  return [{ type: 'RequestMade', ...facts }];
}

function accept(command: Timed<AcceptRequest>, request: KnownRequest): RequestDecision {
  const { acceptanceId, accepterId, accepterNumber, offer, at } = command;
  const offered = offeredOf(offer, request);
  if (isRejected(offered)) return offered;
  const rejected = ended(request);
  if (rejected !== undefined) return rejected;
  // Repeated long after its command was forgotten.
  if (request.acceptances.has(acceptanceKey(acceptanceId)))
    return reject({ code: 'ID_TAKEN', id: String(acceptanceId) });
  const acceptance = { acceptanceId, accepterId, accepterNumber, ...offered, acceptedAt: at };
  if (request.acceptanceLines + linesOf(acceptance) > acceptanceLinesMax) {
    return reject({ code: 'TOO_MANY_ACCEPTANCES', linesMax: acceptanceLinesMax });
  }
  const counted = { ...counting(request, acceptance, 1), updatedAt: at };
  if (!isReached(counted)) return [{ type: 'RequestAccepted', ...counted, acceptance }];
  const completed = { ...counted, status: 'completed' } as const;
  return [
    { type: 'RequestAccepted', ...completed, acceptance },
    { type: 'RequestCompleted', ...completed },
  ];
}

type Offered = Pick<Acceptance, 'qty' | 'items'>;

function offeredOf(offer: Offer, { kind, items: requested }: RequestFacts): Offered | Rejected<RequestRejection> {
  if (kind === 'Humanpower') {
    return 'qty' in offer ? { qty: offer.qty, items: [] } : reject({ code: 'REQUEST_QTY_MISSING' });
  }
  if (!('items' in offer) || offer.items.length === 0) return reject({ code: 'REQUEST_ITEMS_MISSING' });
  const numbers = new Map(requested.map(({ itemId, itemNumber }) => [itemId, itemNumber]));
  const items = new Map<ItemId, AcceptedItem>();
  for (const { itemId, qty } of offer.items) {
    const itemNumber = numbers.get(itemId);
    if (itemNumber === undefined) return reject({ code: 'ITEM_NOT_REQUESTED', itemId });
    items.set(itemId, { itemId, itemNumber, qty: qty + (items.get(itemId)?.qty ?? 0) });
  }
  return { qty: sumOf([...items.values()].map(({ qty }) => qty)), items: [...items.values()] };
}

function withdraw({ acceptanceId, accepterId, at }: Timed<WithdrawAcceptance>, request: KnownRequest): RequestDecision {
  const acceptance = request.acceptances.get(acceptanceKey(acceptanceId));
  const isTheirs = accepterId === null || acceptance?.accepterId === accepterId;
  if (acceptance === undefined || !isTheirs) return reject({ code: 'ACCEPTANCE_NOT_FOUND' });
  const counted = { ...counting(request, acceptance, -1), updatedAt: at };
  return ended(request) ?? [{ type: 'AcceptanceWithdrawn', ...counted, acceptance }];
}

/** Undefined while the request is open. */
function ended({ status }: RequestFacts): Rejected<RequestRejection> | undefined {
  switch (status) {
    case 'open':
      return undefined;
    case 'completed':
      return reject({ code: 'REQUEST_COMPLETED' });
    case 'cancelled':
      return reject({ code: 'REQUEST_CANCELLED' });
  }
}

/** The request with an acceptance more, or less. */
function counting(request: RequestFacts, { qty, items }: Acceptance, sign: 1 | -1): RequestFacts {
  const accepted = new Map(items.map((item) => [item.itemId, item.qty]));
  return {
    ...factsOf(request),
    currentQty: request.currentQty + sign * qty,
    items: request.items.map((item) => ({
      ...item,
      currentQty: item.currentQty + sign * (accepted.get(item.itemId) ?? 0),
    })),
    acceptanceCount: request.acceptanceCount + sign,
  };
}

/** Of items, each must be reached: more of one does not make up for another. */
function isReached({ items, requiredQty, currentQty }: RequestFacts): boolean {
  return currentQty >= requiredQty && items.every((item) => item.currentQty >= item.requiredQty);
}

function evolve(request: Request, event: RequestEvent): Request {
  const facts = factsOf(event);
  if (event.type === 'RequestMade') return { ...facts, ...noAcceptances };
  if (request.status === 'unknown') throw new Error('a request begins with RequestMade');
  const { acceptances, acceptanceLines } = request;
  switch (event.type) {
    case 'RequestAccepted':
      return { ...facts, ...withAcceptance(request, event.acceptance) };
    case 'AcceptanceWithdrawn':
      return {
        ...facts,
        acceptances: acceptances.delete(acceptanceKey(event.acceptance.acceptanceId)),
        acceptanceLines: acceptanceLines - linesOf(event.acceptance),
      };
    case 'RequestCompleted':
    case 'RequestCancelled':
      return { ...facts, acceptances, acceptanceLines };
  }
}

type Accepted = Pick<KnownRequest, 'acceptances' | 'acceptanceLines'>;

/** Also used to restore a request from a snapshot, acceptance by acceptance. */
function withAcceptance({ acceptances, acceptanceLines }: Accepted, acceptance: Acceptance): Accepted {
  return {
    acceptances: acceptances.set(acceptanceKey(acceptance.acceptanceId), acceptance),
    acceptanceLines: acceptanceLines + linesOf(acceptance),
  };
}

const numberDigits = 16;

/** Sorts acceptances by their number. */
function acceptanceKey(acceptanceId: AcceptanceId): string {
  return String(acceptanceId).padStart(numberDigits, '0');
}

function linesOf({ items }: Acceptance): number {
  return Math.max(items.length, 1);
}

function sumOf(quantities: readonly number[]): number {
  return quantities.reduce((sum, qty) => sum + qty, 0);
}

function factsOf(of: RequestFacts): RequestFacts {
  const { requestId, requesterId, requesterNumber, kind, title, place, when, note } = of;
  const { requiredQty, currentQty, items, acceptanceCount, status, createdAt, updatedAt } = of;
  const what = { requestId, requesterId, requesterNumber, kind, title, place, when, note };
  return { ...what, requiredQty, currentQty, items, acceptanceCount, status, createdAt, updatedAt };
}

interface SavedRequest {
  readonly facts: RequestFacts;
  readonly acceptances: readonly Acceptance[];
}

const noAcceptances: Accepted = { acceptances: SortedMap.empty, acceptanceLines: 0 };

const snapshots: SnapshotFormat<Request> = {
  // Increase it with every change of `Request`, `SavedRequest` or `evolve`; a golden test fails until you do.
  version: 1,
  save: (request): SavedRequest | null =>
    request.status === 'unknown'
      ? null
      : { facts: factsOf(request), acceptances: [...request.acceptances].map(([, acceptance]) => acceptance) },
  *load(saved) {
    if (saved === null) return unknown;
    const { facts, acceptances } = saved as SavedRequest;
    let accepted = noAcceptances;
    for (const acceptance of acceptances) {
      yield;
      accepted = withAcceptance(accepted, acceptance);
    }
    return { ...facts, ...accepted };
  },
};

const unknown: Request = { status: 'unknown' };

/** What somebody needs, and what others accept to give, until the need is reached. */
export const requestAggregate = {
  category: 'request',
  streamOf: (requestId) => `request-${requestId}`,
  events,
  initial: unknown,
  decide,
  evolve,
  snapshots,
} satisfies Aggregate<RequestId, Request, RequestCommand, RequestEvent, RequestRejection>;
