/**
 * Text or numbers that identify something. An id of one kind cannot be used as an id of another; plain text and numbers
 * can be used as any, since they come from requests and events.
 */
type Id<Base, Kind extends string> = Base & { readonly idOf?: Kind };

export type ItemId = Id<string, 'item'>;
export type CategoryId = Id<string, 'category'>;
export type InventoryId = Id<number, 'inventory'>;
export type SlotId = Id<number, 'slot'>;
export type HoldId = Id<string, 'hold'>;
export type LendId = Id<number, 'lend'>;
export type TransferId = Id<number, 'transfer'>;
export type OrderId = Id<string, 'order'>;
export type CustomerId = Id<string, 'customer'>;
export type RequestId = Id<number, 'request'>;
export type AcceptanceId = Id<number, 'acceptance'>;
