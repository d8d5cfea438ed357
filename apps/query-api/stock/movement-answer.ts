import { stockEventGroups, type StockEvent, type StockId } from '#domain';
import type { HoldIds } from '#ids';
import type { Movement } from '#read-models';
import type { MovementAnswer } from './stock.dto.ts';

const ofHolds: ReadonlySet<StockEvent['type']> = new Set(stockEventGroups.holds);

/** A movement as clients see it: a hold is named by the id that they know. */
export function movementAnswer(movement: Movement, stock: StockId, holdIds: HoldIds): MovementAnswer {
  const { available, at, reference, ...rest } = movement;
  // What was given back may be of a hold as well.
  const isGivenBack = movement.type === 'UnitsGivenBack' && reference !== null && holdIds.isOfEvents(reference);
  const hold = reference !== null && (isGivenBack || ofHolds.has(movement.type));
  return {
    ...rest,
    stock: available,
    at: at.toISOString(),
    reference: hold ? holdIds.idOf({ holdId: reference, stock }) : reference,
  };
}
