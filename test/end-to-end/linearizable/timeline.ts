import { isDeepStrictEqual } from 'node:util';
import type { StockEvent } from '#domain';
import type { Ask, History, HoldStatus, Operation, Recorded } from './history.ts';
import type { ModelLend } from './model-lends.ts';
import { ModelStock, type Named } from './model-stock.ts';

interface HoldAt {
  readonly since: number;
  readonly status: HoldStatus;
}

interface LendAt {
  readonly since: number;
  readonly lend: ModelLend;
}

const recordedAs = {
  adjust: 'StockAdjusted',
  provide: 'UnitsProvided',
  purchase: 'UnitsPurchased',
  hold: 'UnitsHeld',
  confirm: 'HoldConfirmed',
  extend: 'HoldExtended',
  cancel: 'HoldCancelled',
  reserve: 'UnitsReserved',
  'reserve-held': 'HoldReserved',
  lend: 'UnitsLent',
  'lend-held': 'HoldLent',
  return: 'UnitsReturned',
  renew: 'LendRenewed',
} as const satisfies Record<Ask['type'], StockEvent['type']>;

/** The stock as it was after each event, and where in that each operation stands. */
export class Timeline {
  readonly violations: string[] = [];
  readonly revisionOf = new Map<Operation, number>();
  readonly #stock = new ModelStock();
  readonly #available: number[] = [];
  readonly #holders: ReadonlySet<string>[] = [];
  readonly #holds = new Map<string, HoldAt[]>();
  readonly #lends = new Map<number, LendAt[]>();

  constructor({ operations, events }: History) {
    const asked = new Map(operations.map((operation) => [operation.commandId, operation]));
    for (const [index, recorded] of events.entries()) {
      if (recorded.revision !== index) this.#blame(recorded, `is event ${index} of its stream`);
      const operation = asked.get(recorded.commandId);
      if (operation === undefined) this.#replayOwn(recorded);
      else this.#replay(recorded, operation);
      this.#compare(recorded);
    }
  }

  get end(): number {
    return this.#available.length - 1;
  }

  available(revision: number): number {
    return this.#available[revision] ?? 0;
  }

  statusOf(holdId: string, revision: number): HoldStatus | undefined {
    return this.#holds.get(holdId)?.findLast(({ since }) => since <= revision)?.status;
  }

  ownerOf(holdId: string): string | undefined {
    return this.#stock.holds.get(holdId)?.customerId;
  }

  lendAt(lendId: number, revision: number): ModelLend | undefined {
    return this.#lends.get(lendId)?.findLast(({ since }) => since <= revision)?.lend;
  }

  /** Whether nothing was left, and somebody else than the borrower held a unit. */
  isAwaited(borrowerId: string, revision: number): boolean {
    const others = [...(this.#holders[revision] ?? [])].filter((holder) => holder !== borrowerId);
    return this.available(revision) === 0 && others.length > 0;
  }

  #replay(recorded: Recorded, operation: Operation): void {
    const { event, at, revision } = recorded;
    const { ask, answer, again, asker } = operation;
    if (this.revisionOf.has(operation)) this.#blame(recorded, 'is there twice');
    this.revisionOf.set(operation, revision);
    if (event.type !== recordedAs[ask.type]) this.#blame(recorded, `is not what ${ask.type} records`);
    const overdue = this.#stock.open().find(([, { expiresAt }]) => expiresAt <= at);
    if (overdue !== undefined) this.#blame(recorded, `comes before ${overdue[0]} expires, which is due`);
    const named = namedBy(event);
    if ('holdId' in ask && ask.holdId !== named.holdId) this.#blame(recorded, `is not of hold ${ask.holdId}`);
    if ('lendId' in ask && ask.lendId !== named.lendId) this.#blame(recorded, `is not of lend ${ask.lendId}`);
    const isAskers = !('customerId' in event) || 'holdId' in ask || event.customerId === asker.userId;
    if (!isAskers) this.#blame(recorded, `is not of ${asker.userId}`);
    const isProviders = ask.type !== 'provide' || ('providerId' in event && event.providerId === asker.userId);
    if (!isProviders) this.#blame(recorded, `is not provided by ${asker.userId}`);
    const isBorrowers = ask.type !== 'lend' || ('borrowerId' in event && event.borrowerId === ask.borrowerId);
    if (!isBorrowers) this.#blame(recorded, `is not lent to ${ask.borrowerId}`);
    if (!this.#stock.does(ask, asker, named, at)) this.#blame(recorded, `cannot be: ${JSON.stringify(ask)}`);
    this.#note(named, revision);
    const expected = { accepted: this.#stock.facts(ask, named) };
    for (const given of [answer, again]) {
      if (given === undefined || isDeepStrictEqual(given, expected)) continue;
      this.#blame(recorded, `was answered ${JSON.stringify(given)} and not ${JSON.stringify(expected)}`);
    }
  }

  /** What nobody asked of the stock alone: units that were there before, holds whose time was up, ends of orders. */
  #replayOwn(recorded: Recorded): void {
    const { event, at, revision } = recorded;
    if (event.type === 'UnitsProvided') this.#stock.total += event.quantity;
    else if (event.type === 'StockAdjusted') this.#stock.total += event.delta;
    else if (event.type === 'HoldExpired') {
      if (!this.#stock.expires(event.holdId, at)) this.#blame(recorded, `ends ${event.holdId}, which is not due`);
      this.#note(namedBy(event), revision);
    } else if (event.type === 'ReservationReleased' || event.type === 'ReservationShipped') {
      const isTheirs = this.#stock.releases(event.orderId, event.quantity);
      if (!isTheirs) this.#blame(recorded, `ends ${event.orderId}, which has not ${event.quantity} units`);
      if (event.type === 'ReservationShipped') this.#stock.taken += event.quantity;
    } else if (event.type !== 'ClosingTimeSet' && event.type !== 'TimeNoted')
      this.#blame(recorded, 'was asked for by nobody');
  }

  #compare(recorded: Recorded): void {
    const { total, taken, held, reserved, available } = this.#stock;
    const lent = this.#stock.lends.units;
    this.#available.push(available);
    this.#holders.push(new Set(this.#stock.open().map(([, { customerId }]) => customerId)));
    const { balance } = recorded.event;
    if (available < 0) this.#blame(recorded, `leaves ${available} available`);
    if (isDeepStrictEqual(balance, { total, taken, held, reserved, lent, available })) return;
    this.#blame(
      recorded,
      `leaves ${JSON.stringify({ total, taken, held, reserved, lent, available })}, not ${JSON.stringify(balance)}`,
    );
  }

  #note({ holdId, lendId }: Named, since: number): void {
    const lend = this.#stock.lends.get(lendId);
    if (lend !== undefined) this.#lends.set(lendId, [...(this.#lends.get(lendId) ?? []), { since, lend }]);
    const hold = this.#stock.holds.get(holdId);
    if (hold === undefined) return;
    const statuses = this.#holds.get(holdId) ?? [];
    this.#holds.set(holdId, [...statuses, { since, status: hold.status }]);
  }

  #blame({ revision, event }: Recorded, what: string): void {
    this.violations.push(`${event.type} at ${revision} ${what}`);
  }
}

function namedBy(event: StockEvent): Named {
  const holdId = 'holdId' in event ? event.holdId : '';
  const lendId = 'lendId' in event ? event.lendId : 0;
  return { holdId, lendId, provideId: ('provideId' in event ? event.provideId : null) ?? 0 };
}
