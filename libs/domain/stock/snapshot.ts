import type { SnapshotFormat } from '../aggregate.ts';
import { SortedMap } from '../collections/sorted-map.ts';
import type { Balance, HoldFacts } from './events.ts';
import { emptyStock, opened, type EndedHold, type HoldLimits, type Lend, type Stock } from './state.ts';

interface SavedStock {
  readonly balance: Balance;
  readonly discontinued: boolean;
  readonly closesAt: number | null;
  readonly holdLimits: HoldLimits | null;
  readonly holds: readonly HoldFacts[];
  readonly endedHolds: Entries<EndedHold>;
  readonly reservations: Entries<number>;
  readonly settledOrders: Entries<'released' | 'shipped'>;
  readonly ordersForgottenUpTo: number;
  readonly lends: Entries<Lend>;
  readonly returnedLends: readonly string[];
}

type Entries<V> = readonly (readonly [string, V])[];

function save(stock: Stock): SavedStock {
  const { holdsByDue: _byDue, holdsByCustomer: _byCustomer, ...rest } = stock;
  return {
    ...rest,
    holds: [...stock.holds].map(([, facts]) => facts),
    endedHolds: [...stock.endedHolds],
    reservations: [...stock.reservations],
    settledOrders: [...stock.settledOrders],
    lends: [...stock.lends],
    returnedLends: [...stock.returnedLends].map(([key]) => key),
  };
}

function load(saved: SavedStock): Stock {
  const withoutHolds: Stock = {
    ...emptyStock,
    balance: saved.balance,
    discontinued: saved.discontinued,
    closesAt: saved.closesAt,
    holdLimits: saved.holdLimits,
    endedHolds: SortedMap.from(saved.endedHolds),
    reservations: SortedMap.from(saved.reservations),
    settledOrders: SortedMap.from(saved.settledOrders),
    ordersForgottenUpTo: saved.ordersForgottenUpTo,
    lends: SortedMap.from(saved.lends),
    returnedLends: SortedMap.from(saved.returnedLends.map((key) => [key, true as const])),
  };
  return saved.holds.reduce(opened, withoutHolds);
}

export const stockSnapshots: SnapshotFormat<Stock> = {
  // Increase it with every change of `Stock`, `SavedStock` or `evolveStock`; a golden test fails until you do.
  version: 3,
  save,
  load: (saved) => load(saved as SavedStock),
};
