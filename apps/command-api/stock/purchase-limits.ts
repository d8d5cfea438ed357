import type { BuyerOf, CountedSource, PurchaseReservation, PurchaseReservations, ReservedSource } from '#commands';
import { isRejected, reject, stockAggregate, stockStream } from '#domain';
import type { Rejected, Stock, StockCommand, StockEvent, StockId, StockRejection } from '#domain';
import type { EventStore } from '#event-store';
import type { Logger } from '#platform';
import { withNewId, type KeyReused, type StreamContext } from '#use-cases';
import { searchBack } from './find-in-stream.ts';
import type { Stocks } from './stocks.ts';

/** What counts towards a purchase limit. */
type Taking = Extract<StockCommand, { readonly type: 'Purchase' | 'ConfirmHold' | 'ReserveForOrder' }>;
type Rejection = StockRejection | KeyReused;

interface Counted extends CountedSource {
  readonly customerId: string;
}

/**
 * The purchase limit of the customers that a stock does not count itself, because it counts so many others already. What
 * they take has a row before it is recorded. Rows can only count too much, so before a customer is rejected because of
 * them, they are compared with the stream.
 */
export class PurchaseLimits {
  constructor(
    private readonly reservations: PurchaseReservations,
    private readonly stocks: Stocks,
    private readonly store: EventStore,
    private readonly log: Logger,
  ) {}

  /** `send` records the command, or asks whether it was recorded before. */
  async within<Command extends Taking, Sent extends object, R extends Rejection>(
    stock: StockId,
    command: Command,
    context: StreamContext,
    send: (command: Command) => Promise<Sent | Rejected<R>>,
  ): Promise<Sent | Rejected<R | StockRejection>> {
    const first = await send(command);
    const purchaseLimit = isRejected(first) ? limitOf(first.rejection) : undefined;
    if (purchaseLimit === undefined) return first;
    const counted = await this.#countedOf(stock, command, context);
    // The hold has ended meanwhile: the stock says how.
    if (counted === undefined) return send(command);
    const { customerId, ...wanted } = counted;
    const place = await this.#reserve(stock, customerId, wanted, purchaseLimit, context);
    if (isRejected(place)) return place;
    const { recordBy, sourceId } = place;
    const named = command.type === 'Purchase' ? { purchaseId: sourceId } : {};
    const sent = await send({ ...command, ...named, isCounted: true, recordBy });
    if (!isRejected(sent)) await this.#try(this.reservations.noteRecorded(place));
    // With the key of something that was recorded, its place has been reserved anew.
    else if (sent.rejection.code !== 'KEY_REUSED') await this.reservations.withdraw(place);
    return sent;
  }

  /** To be called after a give-back is recorded. */
  async noteGivenBack(stock: StockId, customerId: string, sourceId: string, returnedQuantity: number): Promise<void> {
    const buyer = { stock: stockStream(stock), customerId };
    await this.#try(this.reservations.noteGivenBack(buyer, sourceId, returnedQuantity));
  }

  /** What is recorded has happened, whether or not its row says so: the next comparison finds it. */
  async #try(update: Promise<void>): Promise<void> {
    try {
      await update;
    } catch (error) {
      this.log.warn({ err: error }, 'the row of a purchase is out of date until it is compared with the stream');
    }
  }

  async #countedOf(stock: StockId, command: Taking, { commandId }: StreamContext): Promise<Counted | undefined> {
    switch (command.type) {
      case 'Purchase': {
        const { customerId, purchaseId: sourceId, quantity } = command;
        return { source: 'purchase', sourceId, customerId, quantity, commandId };
      }
      case 'ReserveForOrder': {
        const { customerId, orderId: sourceId, quantity } = command;
        return { source: 'order', sourceId, customerId, quantity, commandId: null };
      }
      case 'ConfirmHold': {
        const { holdId: sourceId } = command;
        const hold = (await this.stocks.of(stock).read()).holds.get(sourceId);
        if (hold === undefined) return undefined;
        const { customerId, quantity } = hold;
        return { source: 'hold', sourceId, customerId, quantity: command.quantity ?? quantity, commandId: null };
      }
    }
  }

  async #reserve(
    stock: StockId,
    customerId: string,
    wanted: CountedSource,
    purchaseLimit: number,
    context: StreamContext,
  ): Promise<PurchaseReservation | Rejected<StockRejection>> {
    const { quantity: requested } = wanted;
    const overLimit = (purchased: number) =>
      reject({ code: 'LIMIT_PER_CUSTOMER', purchaseLimit, purchased, requested } as const);
    const buyer = { stock: stockStream(stock), customerId };
    const reserved = await this.reservations.reserve(buyer, wanted, purchaseLimit);
    if (typeof reserved !== 'number') return reserved;
    if (requested > purchaseLimit) return overLimit(reserved);
    await this.#compare(stock, buyer, context);
    const again = await this.reservations.reserve(buyer, wanted, purchaseLimit);
    return typeof again === 'number' ? overLimit(again) : again;
  }

  /** Corrects the rows of a customer by the state of the stock, and those that it does not tell about by its stream. */
  async #compare(stock: StockId, buyer: BuyerOf, context: StreamContext): Promise<void> {
    const rows = await this.reservations.of(buyer);
    const isLate = rows.some(({ isRecorded, recordBy }) => !isRecorded && recordBy < Date.now());
    // From an event after `recordBy` on, a source cannot be recorded any more.
    const noted = isLate
      ? await this.stocks.of(stock).record('TimeNoted', stockAggregate.noteTime, withNewId(context))
      : undefined;
    const notedAt = noted === undefined || isRejected(noted) ? 0 : noted.at;
    const state = await this.stocks.of(stock).read();
    const asked = rows.filter((row) => !isKnownIn(state, row));
    for (const row of rows) {
      const returned = state.returns.get(row.sourceId)?.returnedQuantity ?? 0;
      if (returned > row.givenBack) await this.reservations.noteGivenBack(buyer, row.sourceId, returned);
    }
    if (asked.length > 0) await this.#compareWithStream(stock, buyer, asked, notedAt, context);
  }

  async #compareWithStream(
    stock: StockId,
    buyer: BuyerOf,
    rows: readonly ReservedSource[],
    notedAt: number,
    context: StreamContext,
  ): Promise<void> {
    const said = new Map(rows.map((row) => [row.sourceId, new Said(row)]));
    const since = Math.min(...rows.map(({ comparedFrom }) => comparedFrom));
    let comparedFrom = 0;
    const note = (event: StockEvent, at: number): void => {
      comparedFrom = Math.max(comparedFrom, at);
      const told = toldBy(event);
      if (told !== undefined) said.get(told.sourceId)?.note(told);
    };
    await searchBack(this.store, { stock, since, note }, context.deadline);
    const each = [...said.values()];
    await this.reservations.freeUnrecorded(buyer, idsOf(each.filter(({ isRecorded }) => !isRecorded)), notedAt);
    await this.reservations.freeEnded(buyer, idsOf(each.filter(({ hasEnded }) => hasEnded)));
    for (const { row, quantity, givenBack } of each.filter((one) => one.isRecorded && !one.hasEnded)) {
      await this.reservations.compared(buyer, { sourceId: row.sourceId, quantity, givenBack, comparedFrom });
    }
  }
}

/** What a stream says of a source, from its end back. */
class Said {
  readonly row: ReservedSource;
  isRecorded: boolean;
  isReleased = false;
  quantity: number;
  givenBack: number;

  constructor(row: ReservedSource) {
    this.row = row;
    ({ isRecorded: this.isRecorded, quantity: this.quantity, givenBack: this.givenBack } = row);
  }

  get hasEnded(): boolean {
    return this.isReleased || (this.isRecorded && this.givenBack >= this.quantity);
  }

  note({ quantity, givenBack, isReleased }: Told): void {
    this.isRecorded = true;
    if (quantity !== undefined) this.quantity = quantity;
    if (givenBack !== undefined) this.givenBack = Math.max(this.givenBack, givenBack);
    if (isReleased === true) this.isReleased = true;
  }
}

function idsOf(said: readonly Said[]): string[] {
  return said.map(({ row }) => row.sourceId);
}

/** What one event says of a source. */
interface Told {
  readonly sourceId: string;
  readonly quantity?: number;
  readonly givenBack?: number;
  readonly isReleased?: boolean;
}

function toldBy(event: StockEvent): Told | undefined {
  const { type } = event;
  if (type === 'UnitsPurchased') return { sourceId: event.purchaseId, quantity: event.quantity };
  if (type === 'HoldConfirmed') return { sourceId: event.holdId, quantity: event.confirmedQuantity };
  if (type === 'HoldReserved' || type === 'UnitsReserved') return { sourceId: event.orderId };
  // After it, the order can reserve no more.
  if (type === 'ReservationReleased') return { sourceId: event.orderId, isReleased: true };
  if (type === 'UnitsGivenBack') return { sourceId: event.sourceId, givenBack: event.returnedQuantity };
  return undefined;
}

/** Whether the state of the stock tells all that has become of a source since its row was written. */
function isKnownIn({ returns, returnsForgottenUpTo, reservations }: Stock, row: ReservedSource): boolean {
  if (!row.isRecorded) return row.recordBy >= Date.now();
  if (row.source === 'order' && !reservations.has(row.sourceId)) return false;
  return returnsForgottenUpTo === 0 || returns.has(row.sourceId);
}

function limitOf(rejection: Rejection): number | undefined {
  return rejection.code === 'NOT_COUNTED_HERE' ? rejection.purchaseLimit : undefined;
}
