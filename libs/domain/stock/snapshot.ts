import type { SnapshotFormat } from '../aggregate.ts';
import { SortedMap } from '../collections/sorted-map.ts';
import type { Balance, HoldFacts, LendFacts, SaleTerms, TransferEventOfStock } from './events.ts';
import { emptyStock, lent, opened, remembered } from './state.ts';
import type { EndedHold, Reservation, SourceReturns, Stock } from './state.ts';

interface SavedStock {
  readonly balance: Balance;
  readonly hasHadUnits: boolean;
  readonly discontinued: boolean;
  readonly closesAt: number | null;
  readonly saleTerms: SaleTerms;
  readonly countedSince: number | null;
  readonly takenByCustomer: Entries<number>;
  readonly returns: readonly (SourceReturns & { readonly sourceId: string })[];
  readonly returnsCount: number;
  readonly returnsForgottenUpTo: number;
  readonly holds: readonly HoldFacts[];
  readonly endedHolds: Entries<EndedHold>;
  readonly reservations: Entries<Reservation>;
  readonly settledOrders: Entries<'released' | 'shipped'>;
  readonly ordersForgottenUpTo: number;
  readonly lends: readonly LendFacts[];
  readonly returnedLends: Entries<string>;
  readonly lendsForgottenUpTo: number;
  readonly transfers: Entries<TransferEventOfStock['type']>;
  readonly transfersForgottenUpTo: number;
}

type Entries<V> = readonly (readonly [string, V])[];

function save(stock: Stock): SavedStock {
  const { holdsByDue: _byDue, holdsByCustomer: _byCustomer, lendsByDue: _lendsByDue, ...others } = stock;
  const { returnsByNumber: _byNumber, ...rest } = others;
  return {
    ...rest,
    takenByCustomer: [...stock.takenByCustomer],
    returns: [...stock.returns].map(([sourceId, returns]) => ({ sourceId, ...returns })),
    holds: [...stock.holds].map(([, facts]) => facts),
    endedHolds: [...stock.endedHolds],
    reservations: [...stock.reservations],
    settledOrders: [...stock.settledOrders],
    lends: [...stock.lends].map(([, facts]) => facts),
    returnedLends: [...stock.returnedLends],
    transfers: [...stock.transfers],
  };
}

function load(saved: SavedStock): Stock {
  const withoutClaims: Stock = {
    ...emptyStock,
    balance: saved.balance,
    hasHadUnits: saved.hasHadUnits,
    discontinued: saved.discontinued,
    closesAt: saved.closesAt,
    saleTerms: saved.saleTerms,
    countedSince: saved.countedSince,
    takenByCustomer: SortedMap.from(saved.takenByCustomer),
    endedHolds: SortedMap.from(saved.endedHolds),
    reservations: SortedMap.from(saved.reservations),
    settledOrders: SortedMap.from(saved.settledOrders),
    ordersForgottenUpTo: saved.ordersForgottenUpTo,
    returnedLends: SortedMap.from(saved.returnedLends),
    lendsForgottenUpTo: saved.lendsForgottenUpTo,
    transfers: SortedMap.from(saved.transfers),
    transfersForgottenUpTo: saved.transfersForgottenUpTo,
  };
  const { returnsCount, returnsForgottenUpTo } = saved;
  const withReturns = { ...saved.returns.reduce(remembered, withoutClaims), returnsCount, returnsForgottenUpTo };
  return saved.lends.reduce(lent, saved.holds.reduce(opened, withReturns));
}

export const stockSnapshots: SnapshotFormat<Stock> = {
  // Increase it with every change of `Stock`, `SavedStock` or `evolveStock`; a golden test fails until you do.
  version: 6,
  save,
  load: (saved) => load(saved as SavedStock),
};
