import { makePosition, type EventMetadata, type Position, type RecordedEvent } from '#event-store';
import type { PublicEvent } from '#feeds';
import { itemName } from '../projections/stock-trade.ts';
import { subjectsCount } from './pace.ts';

export const storeId = 'bench';

export function positionOf(number: number): Position {
  return makePosition(storeId, BigInt(number));
}

/** A change of one of the stocks, which have them in turns; numbers begin with 1. */
export function stockEvent(number: number): RecordedEvent {
  const stock = number % subjectsCount;
  return {
    id: `evt_${String(number).padStart(12, '0')}`,
    type: 'UnitsPurchased',
    data: itemName(stock),
    metadata: { at: Date.now() } as EventMetadata,
    stream: `stock-item:${itemName(stock)}:1`,
    revision: Math.floor(number / subjectsCount),
    position: positionOf(number),
  };
}

/** As it is told: of the size of a real one. */
export function told({ id, data, metadata, revision }: RecordedEvent): readonly PublicEvent[] {
  const itemId = String(data);
  const timestamp = new Date(metadata.at).toISOString();
  const units = { available: 9000, availableBefore: 9001, total: 9500, taken: 500, held: 300, reserved: 200, lent: 0 };
  const stock = { id: `${itemId}:1`, itemId, inventoryId: 1, ...units, revision };
  return [{ id, type: 'stock.changed', version: 1, subject: stock.id, timestamp, data: stock }];
}
