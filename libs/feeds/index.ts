export { publicEventTypes, type PublicEvent, type PublicEventType } from './public-event.ts';
export { publicEvents, type PublicEventOptions } from './public-events.ts';
