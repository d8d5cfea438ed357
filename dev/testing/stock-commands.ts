import fc from 'fast-check';
import type { StockCommand, Timed } from '#domain';

const quantity = fc.integer({ min: 1, max: 12 });
const customerId = fc.constantFrom('ann', 'bob', 'cyd');
const holdId = fc.constantFrom('h1', 'h2', 'h3', 'h4', 'h5');
/** Each was submitted at a time of its own. */
const order = fc.constantFrom(1, 2, 3).map((submittedAt) => ({ orderId: `o${submittedAt}`, submittedAt }));
const lendId = fc.integer({ min: 1, max: 3 });
const borrowerId = fc.constantFrom('ann', 'bob', 'cyd', null);
const ofLend = { lendId, borrowerId };
/** Some of them lie in the history, others after it. */
const dueTime = fc.integer({ min: 1_000_000, max: 1_100_000 });
const dueAt = fc.option(dueTime);
const condition = fc.constantFrom('ok', 'damaged', 'lost');
/** Each was requested at a time of its own. */
const transfer = fc.constantFrom(1, 2, 3, 4).map((requestedAt) => ({ transferId: requestedAt, requestedAt }));
const labels = fc.constantFrom(undefined, { reference: 'r' }, { metadata: { channel: 'app' } });
const ttlMs = fc.integer({ min: 1, max: 5000 });

/** Generates stock commands, with few ids so that they often collide. */
const anyCommand: fc.Arbitrary<StockCommand> = fc.oneof(
  fc.record({ type: fc.constant('Provide' as const), quantity, provideId: fc.constant(null) }),
  fc.record({
    type: fc.constant('Adjust' as const),
    delta: fc.integer({ min: -12, max: 12 }),
    reason: fc.constant('count'),
  }),
  fc.record({
    type: fc.constant('Count' as const),
    onHand: fc.integer({ min: 0, max: 40 }),
    reason: fc.constant('count'),
  }),
  fc.record({ type: fc.constant('SetCapacity' as const), capacity: fc.integer({ min: 0, max: 40 }) }),
  fc.record({
    type: fc.constant('OpenPlaces' as const),
    capacity: fc.integer({ min: 0, max: 40 }),
    closesAt: fc.constant(null),
  }),
  fc.record({ type: fc.constant('Purchase' as const), purchaseId: fc.constant('p'), customerId, quantity }),
  fc.record({ type: fc.constant('Hold' as const), holdId, customerId, quantity, ttlMs, labels }),
  fc.record({ type: fc.constant('ExtendHold' as const), holdId, customerId, ttlMs }),
  fc.record({ type: fc.constant('ConfirmHold' as const), holdId, customerId }),
  fc.record({ type: fc.constant('ConfirmHold' as const), holdId, customerId, quantity }),
  fc.record({ type: fc.constant('CancelHold' as const), holdId, customerId }),
  fc
    .record({
      type: fc.constant('ReserveForOrder' as const),
      order,
      customerId,
      more: fc.integer({ min: 0, max: 5 }),
      holds: fc.uniqueArray(fc.record({ holdId, quantity }), { maxLength: 2, selector: (held) => held.holdId }),
    })
    .map(({ more, order: of, ...reserve }) => ({
      ...reserve,
      ...of,
      quantity: reserve.holds.reduce((sum, held) => sum + held.quantity, more),
    }))
    .filter(({ quantity: units }) => units > 0),
  order.map((of) => ({ type: 'ReleaseOrder' as const, ...of })),
  order.map((of) => ({ type: 'ShipOrder' as const, ...of })),
  fc.record({ type: fc.constant('Lend' as const), lendId, borrowerId: customerId, quantity, dueAt, labels }),
  fc.record({ type: fc.constant('LendHeld' as const), lendId, holdId, customerId, dueAt }),
  fc.record({ type: fc.constant('Return' as const), ...ofLend, condition, note: fc.constant(null) }),
  fc.record({ type: fc.constant('Return' as const), ...ofLend, quantity, condition, note: fc.constant(null) }),
  fc.record({ type: fc.constant('RenewLend' as const), ...ofLend, dueAt: dueTime, renewalsMax: fc.constant(2) }),
  fc.record({ type: fc.constant('MarkOverdue' as const) }),
  fc
    .tuple(transfer, quantity)
    .map(([of, units]) => ({ type: 'SendUnits' as const, ...of, quantity: units, toInventoryId: 2 })),
  fc
    .tuple(transfer, quantity)
    .map(([of, units]) => ({ type: 'ReceiveUnits' as const, ...of, quantity: units, fromInventoryId: 2 })),
  fc.tuple(transfer, quantity, fc.boolean()).map(([of, units, isInStream]) => ({
    type: 'CancelSending' as const,
    ...of,
    quantity: units,
    toInventoryId: 2,
    reason: { code: 'TRANSFER_TOO_OLD' as const },
    isInStream,
  })),
  fc.record({ type: fc.constant('Discontinue' as const) }),
  fc.record({ type: fc.constant('Reinstate' as const) }),
);

/** Generates a history of commands with increasing times. */
export const anyHistory: fc.Arbitrary<readonly Timed<StockCommand>[]> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2000 }), anyCommand), { maxLength: 80, size: 'max' })
  .map((steps) => {
    let at = 1_000_000;
    return steps.map(([later, command]) => ({ ...command, at: (at += later) }));
  });
