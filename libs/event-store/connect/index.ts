export { connectEventStore } from './connect-event-store.ts';
export { LateEventStore } from './late-event-store.ts';
