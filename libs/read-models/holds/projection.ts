import { stockAggregate, stockEventGroups, type HoldFacts } from '#domain';
import { defineProjection, eventsOf, ignored, type Row, type Seen } from '#projections';
import { labelColumns, labelRow } from '../labels.ts';

const { units, orders, transfers, settings } = stockEventGroups;

/** Of the name of a stock: the item, or the number of the slot. */
export const subjectPart = `split_part(stock, ':', 2)`;

/** The current state of every hold, including ended ones. */
export const holdsProjection = defineProjection({
  name: 'holds',
  schema: 6,
  followed: true,
  table: {
    // Serves a hold by its id, which names its stock.
    key: { stock: 'text collate "C"', hold_id: 'text collate "C"' },
    columns: {
      customer_id: 'text collate "C"',
      quantity: 'bigint',
      status: 'text collate "C"',
      confirmed_quantity: 'bigint',
      created_at: 'timestamptz',
      expires_at: 'timestamptz',
      ended_at: 'timestamptz',
      ...labelColumns,
    },
    indexes: [
      // Serves a customer's holds, the newest first.
      '(customer_id, created_at, hold_id)',
      // Serves a customer's open holds, regardless of the number of ended ones.
      `(customer_id, created_at, hold_id) where status = 'open'`,
      // Serves the holds of a slot, and those of an item in all inventories, the newest first.
      `(${subjectPart}, created_at, hold_id)`,
      // Serve those of a reference, of all and of a customer.
      '(reference, created_at, hold_id) where reference is not null',
      '(customer_id, reference, created_at, hold_id) where reference is not null',
      // Serves the due list: which stocks have holds to expire.
      `(expires_at) where status = 'open'`,
      // Serves where the units of an item are.
      `(stock, hold_id) where status = 'open'`,
    ],
  },
  from: [
    eventsOf(stockAggregate, {
      ...ignored(units, orders, transfers, settings),
      UnitsHeld: (event) => openHold(event),
      HoldExtended: (event) => openHold(event),
      HoldConfirmed: (event) => endedHold(event, 'confirmed', event.confirmedQuantity),
      HoldCancelled: (event) => endedHold(event, 'cancelled'),
      HoldExpired: (event) => endedHold(event, 'expired'),
      HoldReserved: (event) => endedHold(event, 'confirmed', event.reservedQuantity),
      UnitsLent: 'ignored',
      HoldLent: (event) => endedHold(event, 'confirmed', event.quantity),
      LendRenewed: 'ignored',
      LendOverdue: 'ignored',
      UnitsReturned: 'ignored',
    }),
  ],
});

function openHold({ recorded, ...hold }: Seen<HoldFacts>): Row {
  const { holdId, customerId, quantity, createdAt, expiresAt } = hold;
  return {
    stock: recorded.stream,
    hold_id: holdId,
    customer_id: customerId,
    quantity,
    status: 'open',
    confirmed_quantity: null,
    created_at: new Date(createdAt).toISOString(),
    expires_at: new Date(expiresAt).toISOString(),
    ended_at: null,
    ...labelRow(hold),
  };
}

function endedHold(event: Seen<HoldFacts>, status: string, confirmedQuantity: number | null = null): Row {
  return {
    ...openHold(event),
    status,
    confirmed_quantity: confirmedQuantity,
    ended_at: new Date(event.recorded.metadata.at).toISOString(),
  };
}
