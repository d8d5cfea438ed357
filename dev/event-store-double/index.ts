export { bytesOf, proposedEvent } from './messages.ts';
export { appendBytesMax } from './server-state.ts';
export { storeOnDouble, type StoreOnDouble } from './store-on-double.ts';
export { WireDouble } from './wire-double.ts';
