import { lendAnswer, type LendAnswer } from '#answers';
import type { Users } from '#people';
import type { ItemQueries, Lend } from '#read-models';

/** The answers of lends, with the numbers of their borrowers and items. */
export async function lendAnswers(
  lends: readonly Lend[],
  users: Users,
  items: ItemQueries,
  now: Date,
): Promise<LendAnswer[]> {
  const [borrowers, found] = await Promise.all([
    users.numbersOf(lends.map(({ borrowerId }) => borrowerId)),
    // Those of one turn of the event loop are read together, each once.
    Promise.all(lends.map(({ itemId }) => items.find(itemId))),
  ]);
  return lends.map((lend, index) => {
    const numbers = { borrower: borrowers.get(lend.borrowerId), item: found[index]?.number };
    return lendAnswer(lend, numbers, now.getTime());
  });
}
