import { reject, type Rejected, type StockRejection } from '#domain';

type Place = Pick<Extract<StockRejection, { code: 'INSUFFICIENT_STOCK' }>, 'inventoryId' | 'slotId' | 'holdId'>;

/** What is missing is told in the words of where it was looked for: an inventory that lends, a slot, or a hold. */
export function missingIn<R extends { readonly code: string }>(
  place: Place,
  rejected: Rejected<R | StockRejection>,
): Rejected<R | StockRejection> {
  const { rejection } = rejected;
  return rejection.code === 'INSUFFICIENT_STOCK' ? reject({ ...rejection, ...place }) : rejected;
}
