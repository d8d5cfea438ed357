import type { RecordedEvent } from '#event-store';
import { fromSources } from '#projections';
import { inventoryEvents } from './inventory-events.ts';
import { orderEvents } from './order-events.ts';
import { productEvents } from './product-events.ts';
import { versionOf, type PublicEvent, type Told } from './public-event.ts';
import { requestEvents } from './request-events.ts';
import { stockEvents, type StockEventOptions } from './stock-events.ts';

export type PublicEventOptions = StockEventOptions;

/** Makes the public events of a stored event; the same ones whenever it is read again. */
export function publicEvents(options: PublicEventOptions): (recorded: RecordedEvent) => readonly PublicEvent[] {
  const toldOf = fromSources<readonly Told[]>([
    stockEvents(options),
    productEvents(),
    orderEvents(),
    requestEvents(),
    inventoryEvents(),
  ]);
  return (recorded) => (toldOf(recorded) ?? []).map((told) => publicEvent(told, recorded));
}

function publicEvent({ type, data }: Told, { id, metadata }: RecordedEvent): PublicEvent {
  return {
    // A stored event gives one event of a type at most. There is no dot in it, because signatures of webhooks
    // separate by dots what they sign.
    id: `evt_${id.replaceAll('-', '')}_${type.replace('.', '_')}`,
    type,
    version: versionOf(type),
    subject: data.id,
    timestamp: new Date(metadata.at).toISOString(),
    data,
  };
}
