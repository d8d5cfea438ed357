import type { Aggregate } from '#commands';
import {
  decideItem,
  decideStock,
  dueOnStock,
  emptyStock,
  evolveItem,
  evolveStock,
  loadStock,
  saveStock,
  itemUpcasts,
  stockSnapshotVersion,
  stockUpcasts,
  unknownItem,
  type Item,
  type ItemCommand,
  type ItemEvent,
  type ItemRejection,
  type Stock,
  type StockCommand,
  type StockEvent,
  type StockRejection,
} from '#domain';
import { createCodec } from '#event-store';

export const itemAggregate: Aggregate<Item, ItemCommand, ItemEvent, ItemRejection> = {
  category: 'catalog',
  codec: createCodec<ItemEvent>(itemUpcasts),
  initial: unknownItem,
  evolve: evolveItem,
  decide: decideItem,
};

export const stockAggregate: Aggregate<Stock, StockCommand, StockEvent, StockRejection> = {
  category: 'stock',
  codec: createCodec<StockEvent>(stockUpcasts),
  initial: emptyStock,
  evolve: evolveStock,
  decide: decideStock,
  due: dueOnStock,
  snapshots: {
    version: stockSnapshotVersion,
    save: saveStock,
    load: (saved) => loadStock(saved as ReturnType<typeof saveStock>),
  },
};
export { HoldIds, type HoldReference } from './hold-ids.ts';
export { findEndOfHold } from './end-of-hold.ts';
