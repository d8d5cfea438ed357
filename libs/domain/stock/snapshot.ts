import type { SnapshotFormat, Steps } from '../aggregate.ts';
import { SortedMap } from '../collections/sorted-map.ts';
import type { Balance, HoldFacts, LendFacts, SaleTerms, TransferEventOfStock } from './events.ts';
import { emptyStock, lent, numberKey, opened } from './state.ts';
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

/** As JSON an array; not made into one before, which would take long for a large map. */
type Entries<V> = Iterable<readonly [string, V]>;

function save(stock: Stock): SavedStock {
  const { holdsByDue: _byDue, holdsByCustomer: _byCustomer, lendsByDue: _lendsByDue, ...others } = stock;
  const { returnsByNumber: _byNumber, metadataOfClaims: _length, ...rest } = others;
  return {
    ...rest,
    returns: [...stock.returns].map(([sourceId, returns]) => ({ sourceId, ...returns })),
    holds: [...stock.holds].map(([, facts]) => facts),
    lends: [...stock.lends].map(([, facts]) => facts),
  };
}

function* load(saved: SavedStock): Steps<Stock> {
  const withoutClaims: Stock = {
    ...emptyStock,
    balance: saved.balance,
    hasHadUnits: saved.hasHadUnits,
    discontinued: saved.discontinued,
    closesAt: saved.closesAt,
    saleTerms: saved.saleTerms,
    countedSince: saved.countedSince,
    takenByCustomer: yield* SortedMap.inSteps(saved.takenByCustomer),
    ...(yield* returnsOf(saved)),
    endedHolds: yield* SortedMap.inSteps(saved.endedHolds),
    reservations: yield* SortedMap.inSteps(saved.reservations),
    settledOrders: yield* SortedMap.inSteps(saved.settledOrders),
    ordersForgottenUpTo: saved.ordersForgottenUpTo,
    returnedLends: yield* SortedMap.inSteps(saved.returnedLends),
    lendsForgottenUpTo: saved.lendsForgottenUpTo,
    transfers: yield* SortedMap.inSteps(saved.transfers),
    transfersForgottenUpTo: saved.transfersForgottenUpTo,
  };
  let stock = withoutClaims;
  for (const hold of saved.holds) {
    yield;
    stock = opened(stock, hold);
  }
  for (const lend of saved.lends) {
    yield;
    stock = lent(stock, lend);
  }
  return stock;
}

function* returnsOf({ returns, returnsCount, returnsForgottenUpTo }: SavedStock) {
  const byNumber = returns.map(({ sourceId, number }) => [numberKey(number), sourceId] as const);
  return {
    returns: yield* SortedMap.inSteps(returns.map(({ sourceId, ...known }) => [sourceId, known] as const)),
    returnsByNumber: yield* SortedMap.inSteps(byNumber.toSorted(([one], [other]) => (one < other ? -1 : 1))),
    returnsCount,
    returnsForgottenUpTo,
  };
}

export const stockSnapshots: SnapshotFormat<Stock> = {
  // Increase it with every change of `Stock`, `SavedStock` or `evolveStock`; a golden test fails until you do.
  version: 7,
  save,
  load: (saved) => load(saved as SavedStock),
};
