import { NotInTime } from '#commands';
import type { BorrowerAt, CountedLend, LendLimits, LendReservation, LendReservations, Numbers } from '#commands';
import { isRejected, lendIn, reject, stockAggregate, stockOfStream } from '#domain';
import type { CustomerId, KnownInventory, LendId, Rejected } from '#domain';
import type { OpenLends } from '#read-models';
import { withNewId, type UseCaseContext } from '#use-cases';
import type { Stocks } from '../stock/stocks.ts';

export interface LimitPerBorrower extends LendLimits {
  readonly code: 'LIMIT_PER_BORROWER';
}

// More than anybody has on loan. Each may have to be looked up.
const openLendsMax = 10_000;
const readsAtOnceMax = 32;
/** Rows of a borrower that may be of lends that are back: a limit that is never reached frees none. */
const rowsOfReturnedMax = 100;

/**
 * How much one borrower may have on loan from one inventory, of all its items together. The place of a lend is reserved
 * before it is recorded. What seems to be open is first taken from rows and the read model; before a lend is rejected
 * because of it, the streams are asked.
 */
export class BorrowerLimits {
  constructor(
    private readonly reservations: LendReservations,
    private readonly openLends: OpenLends,
    private readonly numbers: Numbers,
    private readonly stocks: Stocks,
  ) {}

  /** Undefined where nothing is limited. */
  async reserve(
    { facts: { inventoryId, openLendsMax: lendsMax, lentUnitsMax, overdueLendsMax } }: KnownInventory,
    borrowerId: CustomerId,
    lend: CountedLend,
    context: UseCaseContext,
  ): Promise<LendReservation | undefined | Rejected<LimitPerBorrower>> {
    const limits = { openLendsMax: lendsMax, lentUnitsMax, overdueLendsMax };
    if (Object.values(limits).every((limit) => limit === null)) return undefined;
    const borrower = { inventoryId, borrowerId };
    const listed = await this.openLends.of(borrower, openLendsMax);
    const reserved = await this.reservations.reserve(borrower, lend, limits, listed);
    if (reserved !== undefined) {
      if (reserved.rowsBefore > listed.length + rowsOfReturnedMax) await this.#freeReturned(borrower);
      return reserved;
    }
    const open = await this.#openByStreams(borrower, listed, context);
    const again = listed.length < openLendsMax && (await this.reservations.reserve(borrower, lend, limits, open));
    return again || reject({ code: 'LIMIT_PER_BORROWER', ...limits });
  }

  async withdraw(reservation: LendReservation | undefined): Promise<void> {
    if (reservation !== undefined) await this.reservations.withdraw(reservation);
  }

  async #freeReturned(borrower: BorrowerAt): Promise<void> {
    const rows = await this.reservations.of(borrower);
    const returned = await this.openLends.returnedAmong(rows.map(({ lendId }) => lendId));
    await this.reservations.freeReturned(borrower, returned);
  }

  /** What is open by the streams of the stocks. Frees the rows of what is not, and cannot be any more. */
  async #openByStreams(
    borrower: BorrowerAt,
    listed: readonly CountedLend[],
    context: UseCaseContext,
  ): Promise<readonly CountedLend[]> {
    const rows = new Map((await this.reservations.of(borrower)).map((row) => [row.lendId, row.recordBy]));
    const ids = [...new Set([...listed.map(({ lendId }) => lendId), ...rows.keys()])];
    const open: CountedLend[] = [];
    for (let from = 0; from < ids.length; from += readsAtOnceMax) {
      // What was freed until now stays free, so that a retry comes further.
      if (Date.now() >= context.deadline) throw new NotInTime('the lends of the borrower were not compared in time');
      const lends = ids.slice(from, from + readsAtOnceMax);
      const found = await Promise.all(lends.map((id) => this.#openByStream(borrower, id, rows.get(id), context)));
      open.push(...found.filter((lend) => lend !== undefined));
    }
    return open;
  }

  async #openByStream(
    borrower: BorrowerAt,
    lendId: LendId,
    recordBy: number | undefined,
    context: UseCaseContext,
  ): Promise<CountedLend | undefined> {
    const stream = await this.numbers.targetOf('lend', lendId);
    const stock = stream === undefined ? undefined : stockOfStream(stream);
    if (stock === undefined) return undefined;
    const found = lendIn(await this.stocks.of(stock).read(), lendId);
    if (found !== undefined && found !== 'returned') {
      return { lendId, quantity: found.quantity - found.returnedQuantity, dueAt: found.dueAt };
    }
    if (found === 'returned') await this.reservations.free(borrower, lendId, Number.MAX_SAFE_INTEGER);
    else if (recordBy !== undefined && recordBy < Date.now()) {
      // From an event after `recordBy` on, the lend cannot be recorded any more.
      const noted = await this.stocks.of(stock).record('TimeNoted', stockAggregate.noteTime, withNewId(context));
      const now = lendIn(await this.stocks.of(stock).read(), lendId);
      if (!isRejected(noted) && now === undefined) await this.reservations.free(borrower, lendId, noted.at);
    }
    return undefined;
  }
}
