import { isRejected, type Rejected } from '#domain';

interface Coded {
  readonly code: string;
}

/** A stock with nothing left may be of an item or slot that never existed: looked up only then, because it is a read. */
export async function unknownOr<R extends Coded, Found extends object, N extends Coded>(
  rejected: Rejected<R>,
  find: () => Promise<Found | Rejected<N>>,
): Promise<Rejected<R> | Rejected<N>> {
  if (rejected.rejection.code !== 'INSUFFICIENT_STOCK') return rejected;
  const found = await find();
  return isRejected(found) ? found : rejected;
}
