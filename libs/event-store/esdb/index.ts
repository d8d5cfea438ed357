export { EventStoreDbStore } from './event-store-db-store.ts';
