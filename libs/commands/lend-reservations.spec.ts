import { freshDatabase, type FreshDatabase } from '#dev/testing';
import { LendReservations, type BorrowerAt, type LendLimits } from './index.ts';
import { lendReservationMigrations } from './lend-reservations.ts';

const noLimits: LendLimits = { openLendsMax: null, lentUnitsMax: null, overdueLendsMax: null };

describe('the lends of a borrower, of which there may be so many', () => {
  let database: FreshDatabase;
  let reservations: LendReservations;
  let borrowers = 0;

  beforeAll(async () => {
    database = await freshDatabase(lendReservationMigrations);
    reservations = new LendReservations(database.pool);
  });

  afterAll(() => database.drop());

  function borrower(): BorrowerAt {
    return { inventoryId: 2, borrowerId: `user_${++borrowers}` };
  }

  function lend(lendId: number, quantity = 1, dueAt: number | null = null) {
    return { lendId, quantity, dueAt };
  }

  it('are never more at once than the limit, and not fewer', async () => {
    const ann = borrower();
    const limits = { ...noLimits, openLendsMax: 3 };
    const other = new LendReservations(database.pool);
    const reserved = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? reservations : other).reserve(ann, lend(n + 1), limits, [])),
    );
    expect(reserved.filter((one) => one !== undefined)).toHaveLength(3);
    expect(await reservations.of(ann)).toHaveLength(3);
  });

  it('are counted by borrower and inventory', async () => {
    const ann = borrower();
    const limits = { ...noLimits, openLendsMax: 1 };
    expect(await reservations.reserve(ann, lend(1), limits, [])).toBeDefined();
    expect(await reservations.reserve(ann, lend(2), limits, [])).toBeUndefined();
    expect(await reservations.reserve({ ...ann, inventoryId: 3 }, lend(3), limits, [])).toBeDefined();
    expect(await reservations.reserve(borrower(), lend(4), limits, [])).toBeDefined();
  });

  it('have at most so many units', async () => {
    const ann = borrower();
    const limits = { ...noLimits, lentUnitsMax: 10 };
    expect(await reservations.reserve(ann, lend(1, 6), limits, [])).toBeDefined();
    expect(await reservations.reserve(ann, lend(2, 5), limits, [])).toBeUndefined();
    expect(await reservations.reserve(ann, lend(3, 4), limits, [])).toBeDefined();
  });

  it('are rejected while more of them are overdue than allowed', async () => {
    const ann = borrower();
    const past = Date.now() - 1;
    const limits = { ...noLimits, overdueLendsMax: 1 };
    expect(await reservations.reserve(ann, lend(1, 1, past), limits, [])).toBeDefined();
    expect(await reservations.reserve(ann, lend(2, 1, past), limits, [])).toBeDefined();
    expect(await reservations.reserve(ann, lend(3, 1, Date.now() + 60_000), limits, [])).toBeUndefined();
    expect(await reservations.reserve(ann, lend(3), { ...noLimits, overdueLendsMax: 2 }, [])).toBeDefined();
  });

  it('count those without a row, and those with one as they are said to be now', async () => {
    const ann = borrower();
    const limits = { ...noLimits, lentUnitsMax: 10 };
    expect(await reservations.reserve(ann, lend(2, 10), limits, [lend(1)])).toBeUndefined();
    expect(await reservations.reserve(ann, lend(2, 9), limits, [lend(1)])).toBeDefined();
    expect(await reservations.reserve(ann, lend(3, 5), limits, [lend(2, 5)])).toBeDefined();
  });

  it('count a repeated attempt once', async () => {
    const ann = borrower();
    const limits = { ...noLimits, openLendsMax: 1, lentUnitsMax: 5 };
    const first = await reservations.reserve(ann, lend(1, 5), limits, []);
    const again = await reservations.reserve(ann, lend(1, 5), limits, [lend(1, 5)]);
    expect(again?.recordBy).toBeGreaterThanOrEqual(first?.recordBy ?? Infinity);
    expect(await reservations.of(ann)).toHaveLength(1);
  });

  it('give their place back when they are rejected, unless another attempt has begun', async () => {
    const ann = borrower();
    const limits = { ...noLimits, openLendsMax: 1 };
    const first = await reservations.reserve(ann, lend(1), limits, []);
    const second = await reservations.reserve(ann, lend(1), limits, []);
    if (first === undefined || second === undefined) throw new Error('there was room');
    await reservations.withdraw(first);
    expect(await reservations.of(ann)).toHaveLength(1);
    await reservations.withdraw(second);
    expect(await reservations.of(ann)).toEqual([]);
  });

  it('are freed only when they can no longer be recorded', async () => {
    const ann = borrower();
    const reserved = await reservations.reserve(ann, lend(1), { ...noLimits, openLendsMax: 1 }, []);
    const { recordBy = 0 } = reserved ?? {};
    expect(recordBy).toBeGreaterThan(Date.now());
    await reservations.free(ann, 1, recordBy);
    expect(await reservations.of(ann)).toHaveLength(1);
    await reservations.free(ann, 1, recordBy + 1);
    expect(await reservations.of(ann)).toEqual([]);
  });
});
